import { unclaimed } from './availability';

export const feedModes = ['full', 'delta'] as const;
/** `full` says what is there; `delta` what has come (or, negative, gone). */
export type FeedMode = (typeof feedModes)[number];

/** A row of a feed that could be read. */
export interface FeedRow {
  /** Null for a SKU that a full feed does not name. */
  line: number | null;
  sku: string;
  /** Pieces on hand (full), or pieces added (delta). */
  quantity: number;
  /** How many of these are unsellable; null: the feed says nothing about it. */
  unsellable: number | null;
}

export const feedOutcomes = ['applied', 'unchanged', 'refused'] as const;

/** What became of a row. Figures are null where the SKU is not known. */
export interface FeedRowResult {
  line: number | null;
  sku: string;
  outcome: (typeof feedOutcomes)[number];
  before: { onHand: number; unsellable: number } | null;
  after: { onHand: number; unsellable: number } | null;
  reason: string | null;
}

/** The counters of a SKU at the feed's location, and what happened there after the feed was taken. */
export interface FedPlace {
  onHand: number;
  unsellable: number;
  reserved: number;
  allocated: number;
  /** Moved since: the feed could not have seen it. */
  since: { onHand: number; unsellable: number; isCounted: boolean };
}

export interface FedChange {
  line: number | null;
  sku: string;
  onHand: number;
  unsellable: number;
}

/**
 * What the rows of a feed do, one after the other; a row that is refused leaves the others alone. A full row sets
 * what is there, corrected by what was moved after the feed was taken; a SKU that a full feed does not name is set to
 * what orders hold of it. A delta row adds. No row may take away pieces that somebody has a claim on.
 *
 * @param places by SKU; a SKU without one is no product
 */
export function planFeedRows(
  mode: FeedMode,
  rows: readonly FeedRow[],
  places: ReadonlyMap<string, FedPlace>,
): { results: FeedRowResult[]; changes: FedChange[] } {
  const now = new Map<string, FedPlace>();
  const changes: FedChange[] = [];
  const results = rows.map((row): FeedRowResult => {
    const place = now.get(row.sku) ?? places.get(row.sku);
    if (!place) return refusal(row, null, `No product has the SKU "${row.sku}"`);
    const plan = planRow(mode, row, place);
    if (plan.outcome === 'refused') return refusal(row, place, plan.detail);
    const after = { ...place, onHand: plan.onHand, unsellable: plan.unsellable };
    now.set(row.sku, after);
    const change = { onHand: after.onHand - place.onHand, unsellable: after.unsellable - place.unsellable };
    const isChange = change.onHand !== 0 || change.unsellable !== 0;
    if (isChange) changes.push({ line: row.line, sku: row.sku, ...change });
    return {
      line: row.line,
      sku: row.sku,
      outcome: isChange ? 'applied' : 'unchanged',
      before: figuresOf(place),
      after: figuresOf(after),
      reason: plan.reason,
    };
  });
  return { results, changes };
}

type RowPlan =
  | { outcome: 'set'; onHand: number; unsellable: number; reason: string | null }
  | { outcome: 'refused'; detail: string };

function planRow(mode: FeedMode, row: FeedRow, place: FedPlace): RowPlan {
  if (mode === 'delta')
    return checked(row, place, place.onHand + row.quantity, place.unsellable + (row.unsellable ?? 0), null);
  const { since } = place;
  if (since.isCounted)
    return { outcome: 'refused', detail: 'Counted after the feed was taken: the count stands' };
  const onHand = row.quantity + since.onHand;
  const unsellable = row.unsellable === null ? place.unsellable : row.unsellable + since.unsellable;
  if (row.line === null) return planUnnamed(place, onHand, unsellable);
  return checked(row, place, onHand, unsellable, movedSince(since));
}

/** Nobody may lose a promised piece because a feed is silent about it. */
function planUnnamed(place: FedPlace, onHand: number, unsellable: number): RowPlan {
  const held = place.reserved + place.allocated;
  const aside = Math.max(0, unsellable);
  const kept = Math.max(onHand, held + aside, 0);
  const isHeld = held > 0 && kept > onHand;
  return {
    outcome: 'set',
    onHand: kept,
    unsellable: aside,
    reason: isHeld ? `Not named by the feed; ${held} are held by orders and stay` : 'Not named by the feed',
  };
}

function checked(
  row: FeedRow,
  place: FedPlace,
  onHand: number,
  unsellable: number,
  reason: string | null,
): RowPlan {
  const after = { ...place, onHand, unsellable };
  if (onHand >= 0 && unsellable >= 0 && unclaimed(after) >= 0)
    return { outcome: 'set', onHand, unsellable, reason };
  const because = reason === null ? '' : ` (${reason})`;
  if (onHand < 0) {
    const detail = `It would leave ${onHand} on hand${because}: more is gone than is there, count it`;
    return { outcome: 'refused', detail };
  }
  const claims = `${place.allocated} allocated, ${place.reserved} reserved, ${unsellable} unsellable`;
  const detail = `It would leave ${onHand} on hand${because}, but there are ${claims}: release or reject that work first`;
  return { outcome: 'refused', detail };
}

function movedSince({ onHand, unsellable }: FedPlace['since']): string | null {
  const moved = [
    ...(onHand === 0 ? [] : [`${signed(onHand)} on hand`]),
    ...(unsellable === 0 ? [] : [`${signed(unsellable)} unsellable`]),
  ];
  return moved.length === 0 ? null : `moved after the feed was taken: ${moved.join(', ')}`;
}

const signed = (pieces: number): string => (pieces > 0 ? `+${pieces}` : `${pieces}`);

const figuresOf = ({ onHand, unsellable }: FedPlace) => ({ onHand, unsellable });

const refusal = ({ line, sku }: FeedRow, place: FedPlace | null, reason: string): FeedRowResult => ({
  line,
  sku,
  outcome: 'refused',
  before: place && figuresOf(place),
  after: place && figuresOf(place),
  reason,
});
