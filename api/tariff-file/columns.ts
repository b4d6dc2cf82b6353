import type { TableRow } from '../table-file/read-table';

/** Said once for a tariff: in one of its rows, or the same in several. */
export const headColumns = ['carrier', 'service', 'methods', 'currency', 'validFrom', 'validUntil'] as const;
/** Said once for a zone. */
export const zoneColumns = ['from', 'to', 'minDays', 'maxDays'] as const;
/** Each row is a rate of its zone. */
export const rateColumns = ['upToKg', 'price', 'pricePerKg'] as const;

/** As a file is written; it is read in any order. */
export const tariffColumns = [...headColumns, 'zone', ...zoneColumns, ...rateColumns] as const;
export type TariffColumn = (typeof tariffColumns)[number];
export type TariffRow = TableRow<TariffColumn>;

export const neededColumns = [
  ...(['carrier', 'service', 'currency', 'validFrom'] as const),
  ...(['zone', 'from', 'to', 'minDays', 'price'] as const),
];
