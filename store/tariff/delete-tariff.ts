import type { Database } from '../connect';
import type { Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findTariff } from './list-tariffs';
import type { TariffView } from './tariff-row';

/** What was reckoned with it stays as it is. One that is not there is gone already. */
export async function deleteTariff(
  db: Database,
  id: string,
  mayChange?: Precondition<TariffView>,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.raw('LOCK TABLE tariffs IN SHARE ROW EXCLUSIVE MODE');
    const now = await findTariff(trx, id);
    if (now) mayChange?.(now);
    await trx('tariffs').where({ id }).delete();
  });
}
