import type { Knex } from 'knex';
import type { BufferScope } from '../../domain/stock/channel-buffer';

/** For whom SKUs are walked through: lines that wait for stock, shoppers who want to be told. */
type Walkers = 'backorders' | 'alerts';

export interface AvailabilityWalk {
  scopes: BufferScope[];
  /** SKUs up to here were looked at. */
  walkedTo: string;
  /** Keeps how far it has come; null: to its end. */
  goOn(walkedTo: string | null): Promise<void>;
}

/** Notes that SKUs after one are still to be looked at, because what can be sold of them has changed. */
export const noteWalk = (
  trx: Knex.Transaction,
  walkers: Walkers,
  scopes: readonly BufferScope[],
  walkedTo: string,
): Promise<unknown> =>
  trx('availability_walks').insert({ walkers, scopes: JSON.stringify(scopes), walked_to: walkedTo });

/** The oldest walk that nobody else goes on with at this moment; it is ours until the end of the transaction. */
export async function takeWalk(trx: Knex.Transaction, walkers: Walkers): Promise<AvailabilityWalk | null> {
  const row: { id: number; scopes: BufferScope[]; walked_to: string } | undefined = await trx(
    'availability_walks',
  )
    .where({ walkers })
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .first();
  if (!row) return null;
  const { id, scopes, walked_to: walkedTo } = row;
  return {
    ...{ scopes, walkedTo },
    async goOn(to) {
      const walk = trx('availability_walks').where({ id });
      await (to === null ? walk.delete() : walk.update({ walked_to: to }));
    },
  };
}
