import type { Services } from '../../api/services';
import { amountInWords } from '../../domain/rules/amount-in-words';
import type { Figures } from '../../domain/simulation/figures';
import type { Totals } from '../../domain/simulation/report';
import { scoreName } from './decision';
import { signed } from './signed';

type Report = Awaited<ReturnType<Services['simulations']['find']>>['report'];

interface Row {
  name: string;
  before: string;
  after: string;
  difference: string;
  /** Less is better of nearly all that is shown. */
  tone: 'good' | 'bad' | 'quiet';
  /** A part of the row before it. */
  isPart?: boolean;
}

/** So many locations are told at once: what changed for single orders stands below them. */
const busiest = 12;

/** A report as tables: figures, promise, and what each location would have had to do. */
export function tellReport(report: Report, currency: string) {
  const { before, after, promise, locations } = report;
  const loads = loadsOf(locations);
  /** Who supplies less sends less, and who supplies more sends more: neither is better by itself. */
  const followsPieces = (was: number, is: number): boolean =>
    Math.sign(is - was) === Math.sign(after.pieces - before.pieces);
  const row = (
    name: string,
    figure: (totals: Totals) => number,
    told: (value: number) => string,
    isMoreBetter = false,
  ): Row => {
    const [was, is] = [figure(before), figure(after)];
    const tone = isMoreBetter || !followsPieces(was, is) ? toneOf(is, was, isMoreBetter) : 'quiet';
    const sign = is > was ? '+' : is < was ? '−' : '';
    return {
      name,
      before: told(was),
      after: told(is),
      difference: is === was ? '–' : sign + told(Math.abs(is - was)),
      tone,
    };
  };
  const count = (value: number): string => value.toLocaleString('en-GB');
  const money = (thousandths: number): string => amountInWords(Math.round(thousandths / 1000), currency);
  const paid = (name: string, figure: (totals: Totals) => number): Row[] =>
    figure(before) === 0 && figure(after) === 0 ? [] : [row(name, figure, money)];
  const parts = [
    ...new Set([before, after].flatMap(({ cost }) => Object.keys(cost.parts))),
  ] as (keyof Totals['cost']['parts'])[];
  return {
    figures: [
      row('Parcels', ({ parcels }) => parcels, count),
      row('Orders in more than one parcel', ({ splitOrders }) => splitOrders, count),
      row('Pieces supplied', ({ pieces }) => pieces, count, true),
      row('Pieces that nobody could supply', ({ shortPieces }) => shortPieces, count),
      row(
        'Distance',
        ({ km }) => km,
        (km) => `${count(km)} km`,
      ),
      ...paid('Carriers, by their tariffs', ({ shippingCost }) => shippingCost),
      ...paid('Picking', ({ pickCost }) => pickCost),
      ...paid('Cost by the weights of these rules', ({ cost }) => cost.total),
      ...parts.flatMap((part) =>
        paid(scoreName(part), ({ cost }) => cost.parts[part] ?? 0).map((each) => ({ ...each, isPart: true })),
      ),
    ],
    promise: { ...promise, bar: barOf(promise) },
    loads: loads.slice(0, busiest),
    moreLoads: loads.slice(busiest),
  };
}

const toneOf = (is: number, was: number, isMoreBetter: boolean): Row['tone'] =>
  is === was ? 'quiet' : is > was === isMoreBetter ? 'good' : 'bad';

const barOf = ({ earlier, same, later, unknown }: Report['promise']) => {
  const all = Math.max(1, earlier + same + later + unknown);
  let from = 0;
  return [
    { tone: 'good', count: earlier, name: 'earlier' },
    { tone: 'quiet', count: same, name: 'on the same day' },
    { tone: 'bad', count: later, name: 'later' },
    { tone: 'warn', count: unknown, name: 'not all supplied' },
  ].map((each) => {
    const share = (each.count / all) * 100;
    from += share;
    return { ...each, from: from - share, share };
  });
};

/** Shares of the busiest, so that bars can be compared. */
function loadsOf(locations: Report['locations']) {
  const most = Math.max(1, ...locations.flatMap(({ before, after }) => [before.parcels, after.parcels]));
  const share = (parcels: number): number => Math.round((parcels / most) * 1000) / 10;
  return locations.map(({ locationId, name, before, after }) => ({
    ...{
      locationId,
      name,
      before,
      after,
      beforeShare: share(before.parcels),
      afterShare: share(after.parcels),
    },
    difference: after.parcels === before.parcels ? '–' : signed(after.parcels - before.parcels),
  }));
}

/** One order's side: who would supply it, from how far, at what cost. */
export const tellFigures = (figures: Figures, currency: string, locationName: (id: string) => string) => ({
  ...figures,
  supplied: figures.locations.map(({ locationId, pieces }) => `${locationName(locationId)} (${pieces})`),
  costs: amountInWords(Math.round(figures.cost.total / 1000), currency),
});

/** How far the parcels of an order go now, and went before; null where by one of them nobody supplies anything. */
export const tellDistance = (before: Figures, after: Figures): string | null =>
  before.parcels === 0 || after.parcels === 0 ? null : `${after.km} km instead of ${before.km}`;

/** Null where the day stays, or cannot be told. */
export function tellDelay(daysLater: number | null): string | null {
  if (daysLater === null || daysLater === 0) return null;
  const days = Math.abs(daysLater);
  return `${days} ${days === 1 ? 'day' : 'days'} ${daysLater > 0 ? 'later' : 'earlier'}`;
}
