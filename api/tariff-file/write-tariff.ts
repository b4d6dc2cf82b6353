import { decimalOf } from '../../domain/amount-text';
import type { Tariff, TariffZone, ZoneRate } from '../../domain/tariffs/tariff';
import { csvLine } from '../feed-file/write-csv';
import { tariffColumns, type TariffColumn } from './columns';
import { listCell } from './list-cell';
import { endText } from './zone-ends';

type Cells = Partial<Record<TariffColumn, string>>;

/** A tariff as a file: a row for each rate, what is said of the tariff and of a zone in the first row of it. */
export function writeTariff(tariff: Omit<Tariff, 'id'>): string {
  const rows = tariff.zones.flatMap((zone, zoneIndex) =>
    zone.rates.map((rate, rateIndex) => ({
      ...(zoneIndex === 0 && rateIndex === 0 && headCells(tariff)),
      zone: zone.code,
      ...(rateIndex === 0 && zoneCells(zone)),
      ...rateCells(rate, tariff.currency),
    })),
  );
  return [csvLine(tariffColumns), ...rows.map(lineOf)].join('');
}

const lineOf = (cells: Cells): string => csvLine(tariffColumns.map((column) => cells[column] ?? ''));

const headCells = ({
  carrier,
  service,
  methods,
  currency,
  validFrom,
  validUntil,
}: Omit<Tariff, 'id'>): Cells => ({
  ...{ carrier, service, methods: listCell(methods), currency, validFrom },
  ...(validUntil !== undefined && { validUntil }),
});

const zoneCells = ({ from, to, transitDays }: TariffZone): Cells => ({
  ...{ from: listCell(from.map(endText)), to: listCell(to.map(endText)) },
  ...{ minDays: `${transitDays.min}`, maxDays: `${transitDays.max}` },
});

const rateCells = ({ upToGrams, base, perKg }: ZoneRate, currency: string): Cells => ({
  ...(upToGrams !== undefined && { upToKg: `${upToGrams / 1000}` }),
  price: decimalOf({ amount: base, currency }),
  ...(perKg > 0 && { pricePerKg: decimalOf({ amount: perKg, currency }) }),
});
