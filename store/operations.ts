import type { Database } from './connect';

type Operation = (db: Database, ...rest: never[]) => unknown;
type Bound<F> = F extends (db: Database, ...rest: infer Rest) => infer Answer
  ? (...rest: Rest) => Answer
  : never;
export type BoundOperations<T> = { [Name in keyof T]: Bound<T[Name]> };

/** Gives every operation its database, so that callers see what they can do and not what it is done with. */
export function bindOperations<T extends Record<string, Operation>>(
  db: Database,
  operations: T,
): BoundOperations<T> {
  const bound = Object.entries(operations).map(([name, operation]) => [
    name,
    (...rest: never[]) => operation(db, ...rest),
  ]);
  return Object.fromEntries(bound) as BoundOperations<T>;
}
