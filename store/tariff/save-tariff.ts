import type { Knex } from 'knex';
import type { Tariff, TariffZone } from '../../domain/tariffs/tariff';
import type { Database } from '../connect';
import type { Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { findTariff } from './list-tariffs';
import type { TariffView } from './tariff-row';

export type SaveTariffResult =
  | { outcome: 'saved' }
  /** Another tariff of this carrier's service holds at the same time. */
  | { outcome: 'taken'; by: string };

/** Creates a tariff or replaces it whole. Of a service of a carrier one holds at a time. */
export async function saveTariff(
  db: Database,
  { zones, ...tariff }: Tariff,
  by: { actor: string; at: string },
  mayChange?: Precondition<TariffView>,
): Promise<SaveTariffResult> {
  return inTransaction(db, async (trx) => {
    await trx.raw('LOCK TABLE tariffs IN SHARE ROW EXCLUSIVE MODE');
    if (mayChange) mayChange(await findTariff(trx, tariff.id));
    const other = await findOther(trx, tariff);
    if (other !== null) return { outcome: 'taken', by: other };
    const row = {
      ...{ id: tariff.id, carrier: tariff.carrier, service: tariff.service, methods: tariff.methods },
      ...{ currency: tariff.currency, valid_from: tariff.validFrom, valid_until: tariff.validUntil ?? null },
      ...{ updated_at: by.at, updated_by: by.actor },
    };
    await trx('tariffs').insert(row).onConflict('id').merge();
    await trx('tariff_zones').where('tariff_id', tariff.id).delete();
    await trx('tariff_zones').insert(zones.map((zone, position) => zoneRow(tariff.id, zone, position)));
    return { outcome: 'saved' };
  });
}

const zoneRow = (tariff_id: string, zone: TariffZone, position: number) => ({
  ...{ tariff_id, position, code: zone.code },
  countries: [...new Set(zone.to.map(({ country }) => country))],
  zone: JSON.stringify(zone),
});

async function findOther(
  trx: Knex.Transaction,
  { id, carrier, service, validFrom, validUntil }: Omit<Tariff, 'zones'>,
): Promise<string | null> {
  const answer = await trx.raw<{ rows: { id: string }[] }>(
    `SELECT id FROM tariffs
     WHERE id <> :id AND carrier = :carrier AND service = :service
       AND daterange(valid_from, valid_until, '[]')
         && daterange(CAST(:validFrom AS date), CAST(:validUntil AS date), '[]')
     ORDER BY id LIMIT 1`,
    { id, carrier, service, validFrom, validUntil: validUntil ?? null },
  );
  return answer.rows[0]?.id ?? null;
}
