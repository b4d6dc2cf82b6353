import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { tariffColumns, viewOf, type TariffRow, type TariffView } from './tariff-row';

/** Tariffs by id, a page at a time. */
export async function listTariffs(
  db: Database,
  { after = '', limit }: { after?: string; limit: number },
): Promise<Page<TariffView, string>> {
  const answer = await db.raw<{ rows: TariffRow[] }>(
    `SELECT ${tariffColumns} FROM tariffs AS t WHERE t.id > :after ORDER BY t.id LIMIT :most`,
    { after, most: limit + 1 },
  );
  return pageOf(answer.rows.map(viewOf), limit, ({ id }) => id);
}

export async function findTariff(db: Database, id: string): Promise<TariffView | null> {
  const answer = await db.raw<{ rows: TariffRow[] }>(
    `SELECT ${tariffColumns} FROM tariffs AS t WHERE t.id = ?`,
    [id],
  );
  const row = answer.rows[0];
  return row ? viewOf(row) : null;
}

/** Currencies of the tariffs that are not over. */
export async function readTariffCurrencies(db: Database): Promise<string[]> {
  return db('tariffs')
    .whereRaw(`coalesce(valid_until, 'infinity') >= (now() AT TIME ZONE 'UTC')::date`)
    .distinct()
    .pluck('currency');
}
