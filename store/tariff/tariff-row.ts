import type { Tariff, TariffZone } from '../../domain/tariffs/tariff';
import { instant } from '../instant';

/** A tariff as people see it. */
export interface TariffView extends Tariff {
  updatedAt: string;
  updatedBy: string;
}

export interface TariffRow {
  id: string;
  carrier: string;
  service: string;
  methods: string[];
  currency: string;
  validFrom: string;
  validUntil: string | null;
  zones: TariffZone[];
  updatedAt: string;
  updatedBy: string;
}

/** Columns of a TariffRow, from `tariffs AS t` and the zones that are gathered beside. */
export const tariffColumns = `
  t.id, t.carrier, t.service, t.methods, t.currency, to_char(t.valid_from, 'YYYY-MM-DD') AS "validFrom",
  to_char(t.valid_until, 'YYYY-MM-DD') AS "validUntil", t.updated_at AS "updatedAt", t.updated_by AS "updatedBy",
  (SELECT jsonb_agg(z.zone ORDER BY z.position) FROM tariff_zones AS z WHERE z.tariff_id = t.id) AS zones`;

export const viewOf = ({ validUntil, updatedAt, ...row }: TariffRow): TariffView => ({
  ...row,
  ...(validUntil !== null && { validUntil }),
  updatedAt: instant(updatedAt),
});
