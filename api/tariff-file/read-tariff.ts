import { invalidInput, Problem, type FieldError } from '../problem';
import type { Upload } from '../operation';
import { wrongAt, wrongFile, type TablePlace } from '../table-file/place';
import { readTable } from '../table-file/read-table';
import { headColumns, neededColumns, tariffColumns, type TariffRow } from './columns';
import { createFindings, type Findings } from './findings';
import { readListCell } from './list-cell';
import { readZone } from './read-zone';

export interface ReadTariff {
  /** To be held against the contract. */
  body: Record<string, unknown>;
  /** A problem with the body, told as one with the file: with row and column. */
  asOfFile(error: unknown): unknown;
}

/**
 * A tariff from a CSV file, as a whole or not at all. Throws a problem that names each row and column at fault, and what
 * to do.
 */
export async function readTariff(upload: Upload | undefined): Promise<ReadTariff> {
  const header = tariffColumns.join(',');
  const rows = await readTable(upload, { columns: tariffColumns, needed: neededColumns, header });
  if (rows.length === 0) throw invalidInput([wrongFile('It has no rows: write a row for each rate')]);
  const findings = createFindings();
  const head = readHead(rows, findings);
  const zones = zonesOf(rows, findings).map((zone, index) => readZone(zone, index, head.currency, findings));
  findings.throwAll();
  return { body: { ...head, zones }, asOfFile: (error) => asOfFile(error, findings) };
}

function readHead(rows: readonly TariffRow[], findings: Findings) {
  const [carrier, service, methods, currency, validFrom, validUntil] = headColumns.map((column) =>
    findings.agreed(rows, column, `/${column}`),
  );
  for (const [column, cell] of Object.entries({ carrier, service, currency, validFrom }))
    if (!cell) findings.add({ row: rows[0]!.row, column }, 'Fill it in: once is enough');
  const listed = readListCell(methods ?? '');
  return {
    ...{ carrier, service, currency: currency?.toUpperCase(), validFrom },
    ...(listed.length > 0 && { methods: listed }),
    ...(validUntil && { validUntil }),
  };
}

/** Rows by their zone, in the order in which zones are first named. */
function zonesOf(rows: readonly TariffRow[], findings: Findings): TariffRow[][] {
  const zones = new Map<string, TariffRow[]>();
  for (const row of rows) {
    const { zone } = row.cells;
    if (zone) zones.set(zone, [...(zones.get(zone) ?? []), row]);
    else findings.add({ row: row.row, column: 'zone' }, 'Name the zone whose rate this is');
  }
  return [...zones.values()];
}

function asOfFile(error: unknown, { placeOf }: Findings): unknown {
  if (!(error instanceof Problem) || error.errors.length === 0) return error;
  return invalidInput(error.errors.map(({ pointer, detail }) => told(placeOf(pointer), detail)));
}

const told = (place: (TablePlace & { about?: string }) | null, detail: string): FieldError =>
  place === null ? wrongFile(detail) : wrongAt(place, `${place.about ? `"${place.about}": ` : ''}${detail}`);
