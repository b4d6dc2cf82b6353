import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import { assignBackorders } from '../stock/assign-backorders';
import { lockSkusToGive } from '../stock/lock-skus';

/**
 * Lines that are supplied whole or not at all wait for fewer pieces than they did: what lies somewhere may be enough by
 * now. The caller holds the locks of their SKUs.
 */
export async function serveSmaller(
  trx: Knex.Transaction,
  { fromQueue, at }: { fromQueue: readonly { backorderId: number }[]; at: string },
): Promise<OrderSignal[]> {
  if (fromQueue.length === 0) return [];
  const ids = fromQueue.map(({ backorderId }) => backorderId);
  const skus: string[] = await trx('backorders')
    .whereIn('id', ids)
    .where('open', '>', 0)
    .whereRaw(`terms @> '{"isWhole": true}'`)
    .distinct('sku')
    .orderBy('sku')
    .pluck('sku');
  if (skus.length === 0) return [];
  await lockSkusToGive(trx, skus);
  return assignBackorders(trx, { skus, at });
}
