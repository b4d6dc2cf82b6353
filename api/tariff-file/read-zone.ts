import { readAmount } from '../../domain/amount-text';
import { currency as currencyShape } from '../contract/money';
import type { TariffRow } from './columns';
import type { Findings } from './findings';
import { readListCell } from './list-cell';
import { areaOf, endOf } from './zone-ends';

/** A zone from its rows, a rate each, to be held against the contract; the order of the rows is of no concern. */
export function readZone(
  rows: readonly TariffRow[],
  index: number,
  currency: string | undefined,
  findings: Findings,
): Record<string, unknown> {
  const at = `/zones/${index}`;
  const first = rows[0]!;
  findings.note(at, { row: first.row, column: 'zone' });
  return {
    code: first.cells.zone,
    from: endsOf(rows, 'from', at, findings).map(endOf),
    to: endsOf(rows, 'to', at, findings).map(areaOf),
    rates: ratesOf(rows, at, currency, findings),
    transitDays: daysOf(rows, at, findings),
  };
}

function endsOf(rows: readonly TariffRow[], column: 'from' | 'to', at: string, findings: Findings): string[] {
  const cell = findings.agreed(rows, column, `${at}/${column}`);
  const { row, cells } = rows.find((each) => each.cells[column] !== '') ?? rows[0]!;
  const ends = readListCell(cell);
  if (ends.length === 0)
    findings.add({ row, column }, `Say it in one row of the zone "${cells.zone}", such as IT; DE 80-89`);
  ends.forEach((about, index) => findings.note(`${at}/${column}/${index}`, { row, column, about }));
  return ends;
}

function daysOf(rows: readonly TariffRow[], at: string, findings: Findings) {
  const days = (column: 'minDays' | 'maxDays', end: 'min' | 'max'): number | null => {
    const text = findings.agreed(rows, column, `${at}/transitDays/${end}`);
    if (/^\d{1,4}$/.test(text)) return Number(text);
    if (text === '' && column === 'maxDays') return null;
    findings.add(
      findings.placeOf(`${at}/transitDays/${end}`)!,
      `Write working days such as 2, not "${text}"`,
    );
    return null;
  };
  const min = days('minDays', 'min');
  return { min, max: days('maxDays', 'max') ?? min };
}

interface Rate {
  row: number;
  upToGrams: number | null;
  base: number;
  perKg: number;
}

/** The lightest first, as they are looked through. */
function ratesOf(rows: readonly TariffRow[], at: string, currency: string | undefined, findings: Findings) {
  // What is wrong with the currency is told of that: prices cannot be read without it.
  const known = currencyShape.safeParse(currency).success ? currency! : 'EUR';
  const rates = rows.map(({ row, cells }): Rate => {
    const price = (column: 'price' | 'pricePerKg'): number => {
      const amount = readAmount(cells[column], known);
      if (!amount) findings.add({ row, column }, priceText(cells[column]));
      return amount?.amount ?? 0;
    };
    const upToGrams = gramsOf(cells.upToKg);
    if (Number.isNaN(upToGrams))
      findings.add({ row, column: 'upToKg' }, `Write kilograms such as 2.5, not "${cells.upToKg}"`);
    return { row, upToGrams, base: price('price'), perKg: cells.pricePerKg ? price('pricePerKg') : 0 };
  });
  return rates
    .sort((a, b) => (a.upToGrams ?? Infinity) - (b.upToGrams ?? Infinity))
    .map(({ row, upToGrams, base, perKg }, index) => {
      const pointer = `${at}/rates/${index}`;
      findings.note(pointer, { row, column: 'upToKg' });
      findings.note(`${pointer}/base`, { row, column: 'price' });
      findings.note(`${pointer}/perKg`, { row, column: 'pricePerKg' });
      return { ...(upToGrams !== null && { upToGrams }), base, perKg };
    });
}

function priceText(text: string): string {
  if (text.startsWith('-')) return `"${text}" is below nothing: write 0 or more`;
  return `Write an amount such as 12.30, not "${text}"`;
}

/** Null for however heavy; NaN for what is no weight. */
function gramsOf(kilograms: string): number | null {
  if (kilograms === '') return null;
  if (!/^\d{1,6}(?:[.,]\d{1,3})?$/.test(kilograms)) return Number.NaN;
  return Math.round(Number(kilograms.replace(',', '.')) * 1000);
}
