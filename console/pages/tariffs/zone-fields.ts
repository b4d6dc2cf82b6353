import { areaOf, endOf, endText } from '../../../api/tariff-file/zone-ends';
import { decimalOf } from '../../../domain/amount-text';
import { amountOf } from '../amount';
import { listOf } from '../list-field';
import { wholeOf } from '../piece-fields';
import type { Zone } from './tariff-words';

export type Form = Readonly<Record<string, string>>;

/** Where a zone is to stand, and what its form may refer to. */
export interface ZoneContext {
  currency: string;
  /** Its place among the zones of the tariff. */
  at: number;
  locationIds: readonly string[];
}

/** Rows for rates that are not there yet. */
const spareRates = 2;

/**
 * A zone as a form has it, to be held against the contract. `from` and `to` have a line each: a country ("IT"), its
 * postal codes ("IT 39", "IT 38-39"), or the id of a location. Rates are `rate.<n>.upTo` in kilograms, `.base` and
 * `.perKg`.
 */
export const zoneOf = (form: Form, context: ZoneContext): Record<string, unknown> => ({
  code: form.code,
  from: listOf(form.from).map((line) =>
    context.locationIds.includes(line) ? { locationId: line } : endOf(line),
  ),
  to: listOf(form.to).map(areaOf),
  rates: ratesOf(form, context),
  transitDays: { min: wholeOf(form.min), max: wholeOf(form.max || form.min) },
});

function ratesOf(form: Form, { currency, at }: ZoneContext): object[] {
  const rows = rateNumbers(form).filter((n) =>
    ['upTo', 'base', 'perKg'].some((part) => form[`rate.${n}.${part}`]),
  );
  return rows.map((n, index) => {
    const pointer = `/zones/${at}/rates/${index}`;
    const minor = (part: string): number =>
      amountOf(form[`rate.${n}.${part}`] ?? '', currency, `${pointer}/${part}`).amount;
    return {
      ...(form[`rate.${n}.upTo`] && { upToGrams: gramsOf(form[`rate.${n}.upTo`]!) }),
      base: minor('base'),
      ...(form[`rate.${n}.perKg`] && { perKg: minor('perKg') }),
    };
  });
}

const rateNumbers = (form: Form): number[] =>
  Object.keys(form)
    .flatMap((name) => /^rate\.(\d+)\.base$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** What is no number stays none, so that the contract refuses it by name. */
const gramsOf = (kilograms: string): number => Math.round(Number(kilograms.replace(',', '.')) * 1000);

/** The same as fields: what was typed before what is so. */
export function zoneFields(zone: Zone | null, form: Form, currency: string) {
  const typed = (field: string, otherwise = ''): string => form[field] ?? otherwise;
  const count = Math.max((zone?.rates.length ?? 0) + spareRates, ...rateNumbers(form));
  return {
    code: typed('code', zone?.code),
    from: typed(
      'from',
      zone?.from.map((end) => ('locationId' in end ? end.locationId : endText(end))).join('\n'),
    ),
    to: typed('to', zone?.to.map(endText).join('\n')),
    min: typed('min', zone?.transitDays.min.toString()),
    max: typed('max', zone?.transitDays.max.toString()),
    rates: Array.from({ length: count }, (_, index) => {
      const n = index + 1;
      const rate = zone?.rates[index];
      const amount = (value: number | undefined) =>
        value === undefined ? '' : decimalOf({ amount: value, currency });
      return {
        ...{ n, index },
        upTo: typed(`rate.${n}.upTo`, rate?.upToGrams === undefined ? '' : String(rate.upToGrams / 1000)),
        base: typed(`rate.${n}.base`, amount(rate?.base)),
        perKg: typed(`rate.${n}.perKg`, rate?.perKg ? amount(rate.perKg) : ''),
      };
    }),
  };
}
