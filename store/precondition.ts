import type { Database } from './connect';

/**
 * Looks at what is there while nobody else can change it, and throws to leave it as it is. Null: it is not there.
 */
export type Precondition<View> = (now: View | null) => void;

/** Waits for whoever changes the same thing, and has looked at what it is by now. */
export async function lookFirst<View>(
  trx: Database,
  thing: string,
  mayChange: Precondition<View> | undefined,
  find: () => Promise<View | null>,
): Promise<void> {
  await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [thing]);
  if (mayChange) mayChange(await find());
}
