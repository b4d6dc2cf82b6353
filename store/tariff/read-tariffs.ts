import type { Tariff, TariffZone } from '../../domain/tariffs/tariff';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface TariffsAsked {
  /** The shipping method of an order. */
  method: string;
  /** Of the destination. */
  country: string;
  /** "YYYY-MM-DD". */
  day: string;
}

/** Tariffs that hold on a day and serve a method, with those of their zones that lead to a country. */
export async function readTariffs(db: Database, asked: TariffsAsked): Promise<Tariff[]> {
  const answer = await prepared<{ rows: { tariffs: TariffJson[] | null }[] }>(db, sql, { ...asked });
  return tariffsOf(answer.rows[0]!.tariffs);
}

export type TariffJson = Omit<Tariff, 'validUntil' | 'zones'> & {
  validUntil: string | null;
  zones: TariffZone[];
};

export const tariffsOf = (rows: TariffJson[] | null): Tariff[] =>
  (rows ?? []).map(({ validUntil, ...row }) => ({ ...row, ...(validUntil !== null && { validUntil }) }));

/** SQL that gathers tariffs as JSON, as TariffJson; what is asked for are SQL expressions. */
export const tariffsFor = ({ method, country, day }: TariffsAsked): string => `
  (SELECT jsonb_agg(jsonb_build_object('id', t.id, 'carrier', t.carrier, 'service', t.service, 'methods', t.methods,
     'currency', t.currency, 'validFrom', t.valid_from, 'validUntil', t.valid_until, 'zones', led.zones) ORDER BY t.id)
   FROM tariffs AS t
   CROSS JOIN LATERAL (SELECT jsonb_agg(z.zone ORDER BY z.position) AS zones FROM tariff_zones AS z
                       WHERE z.tariff_id = t.id AND ${country} = ANY (z.countries)) AS led
   WHERE ${method} = ANY (t.methods) AND ${day} >= t.valid_from
     AND (t.valid_until IS NULL OR ${day} <= t.valid_until) AND led.zones IS NOT NULL)`;

const sql = `SELECT ${tariffsFor({ method: ':method', country: ':country', day: 'CAST(:day AS date)' })} AS tariffs`;
