import fc from 'fast-check';
import { acceptFeed } from '../../../../store/stock-feed/accept-feed';
import { addChunk } from '../../../../store/stock-feed/add-chunk';
import { applyFeed } from '../../../../store/stock-feed/apply-feed';
import { findFeed } from '../../../../store/stock-feed/find-feed';
import { packRows } from '../../../../store/stock-feed/packed-rows';
import { openFeed } from '../../../../store/stock-feed/open-feed';
import { handFeedFile } from '../hand-feed-file';
import { atMinute } from '../warehouse';
import { command, pick, place } from './command';
import { giveToWaiting, moveOn, shelfOf, type Model } from './model';
import { actor, timeOf, type Real } from './real';

interface Row {
  line: number;
  sku: string;
  quantity: number;
  unsellable: number | null;
}

interface Fed {
  mode: 'full' | 'delta';
  locationId: string;
  /** When it was taken, in minutes. */
  taken: number;
  rows: Row[];
}

const feed = command({
  name: 'feed',
  args: fc.record({
    location: place.location,
    mode: fc.constantFrom('full' as const, 'delta' as const),
    age: fc.nat(6),
    rows: fc.array(
      fc.record({
        sku: place.sku,
        quantity: fc.integer({ min: -3, max: 8 }),
        unsellable: fc.option(fc.nat(2)),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    chunkRows: fc.integer({ min: 1, max: 4 }),
    isSorted: fc.boolean(),
    isFile: fc.boolean(),
  }),
  async run(model, real, { chunkRows, isSorted, isFile, ...args }) {
    const rows = args.rows.map(({ sku, quantity, unsellable }) => ({
      ...{ sku: pick(model.skus, sku), unsellable },
      quantity: args.mode === 'full' ? Math.abs(quantity) : quantity,
    }));
    const fed: Fed = {
      mode: args.mode,
      locationId: pick(model.locations, args.location),
      taken: model.minute - args.age,
      rows: (isSorted ? sorted(rows) : rows).map((row, index) => ({ line: index + 2, ...row })),
    };
    const id = real.nameOf('feed');
    await tellWhenMoved(model, real);
    // A file that cannot be read row by row is another matter.
    const isReadable = fed.mode === 'full' && fed.rows.every((row) => (row.unsellable ?? 0) <= row.quantity);
    const outcome = await (isFile && isReadable
      ? handFile(model, real, fed, id)
      : hand(model, real, fed, { id, chunkRows, isSorted }));
    expect(outcome).toBe(isOvertaken(model, fed) ? 'overtaken' : 'accepted');
    if (outcome === 'overtaken') return;
    model.feeds.set(fed.locationId, newestWith(model, fed));
    const apply = () => applyFeed(real.warehouse.db, { feedId: id, at: timeOf(model), portions: 100 });
    await Promise.all([apply(), apply()]);
    const counts = fed.mode === 'full' ? applyFull(model, fed) : applyDelta(model, fed, chunkRows);
    expect(await findFeed(real.warehouse.db, id)).toMatchObject({
      state: 'applied',
      rows: { read: fed.rows.length, ...counts },
    });
  },
});

/** Each SKU once, in the order of their bytes: such a feed is compared as it comes. */
const sorted = (rows: Omit<Row, 'line'>[]) =>
  [...new Map(rows.map((row) => [row.sku, row])).values()].sort((a, b) => (a.sku < b.sku ? -1 : 1));

/** The database notes by its own clock when a place moved; the feeds here live by that of the model. */
async function tellWhenMoved({ happenings }: Model, { warehouse: { db } }: Real): Promise<void> {
  for (const { sku, locationId, minute } of happenings)
    await db('stock')
      .where({ sku, location_id: locationId })
      .update({ moved_at: atMinute(minute) });
}

async function hand(
  { minute }: Model,
  { warehouse: { db } }: Real,
  { mode, locationId, taken, rows }: Fed,
  { id, chunkRows, isSorted }: { id: string; chunkRows: number; isSorted: boolean },
): Promise<string> {
  const takenAt = atMinute(taken);
  const { isFirstInLine } = await openFeed(db, { id, locationId, mode, takenAt, reference: id, actor });
  expect(isFirstInLine).toBe(true);
  let comparedTo: string | null = isSorted && mode === 'full' ? '' : null;
  for (let from = 0; from < rows.length; from += chunkRows) {
    const packed = packRows(rows.slice(from, from + chunkRows));
    const chunk = { feedId: id, position: from / chunkRows, rows: packed, problems: [] };
    const comparison = comparedTo === null ? null : { locationId, takenAt, comparedTo };
    expect(await addChunk(db, chunk, comparison)).toEqual({ isCompared: comparison !== null });
    if (comparison) comparedTo = packed.last.toString();
  }
  const received = { rowsRead: rows.length, isAscending: isSorted, comparedTo };
  return (await acceptFeed(db, { id, ...received, contentHash: `${id}-${minute}` })).outcome;
}

/** As a CSV file: read by the feed before, where that is one. */
async function handFile(
  { minute }: Model,
  { warehouse: { db } }: Real,
  { mode, locationId, taken, rows }: Fed,
  id: string,
): Promise<string> {
  const lines = rows.map(({ sku, quantity, unsellable }) => `${sku},${quantity},${unsellable ?? ''}\n`);
  const text = ['sku,quantity,unsellable\n', ...lines].join('');
  const feed = { id, locationId, mode, takenAt: atMinute(taken), reference: id, actor };
  return (await handFeedFile(db, feed, { text, contentHash: `${id}-${minute}` })).outcome;
}

const nothing = { newest: -Infinity, full: -Infinity };

function isOvertaken(model: Model, { mode, locationId, taken }: Fed): boolean {
  const { newest, full } = model.feeds.get(locationId) ?? nothing;
  return mode === 'full' ? taken <= newest : taken <= full || taken < newest;
}

function newestWith(model: Model, { mode, locationId, taken }: Fed) {
  const { newest, full } = model.feeds.get(locationId) ?? nothing;
  return { newest: Math.max(newest, taken), full: mode === 'full' ? taken : full };
}

const none = () => ({ applied: 0, unchanged: 0, refused: 0 });

function applyDelta(model: Model, { locationId, rows }: Fed, chunkRows: number) {
  const counts = none();
  for (let from = 0; from < rows.length; from += chunkRows) {
    const changed = new Map<string, { onHand: number; unsellable: number }>();
    for (const { sku, quantity, unsellable } of rows.slice(from, from + chunkRows)) {
      const change = { onHand: quantity, unsellable: unsellable ?? 0 };
      const outcome = tryChange(model, { sku, locationId }, change, true);
      counts[outcome] += 1;
      if (outcome !== 'applied') continue;
      const sum = changed.get(sku) ?? { onHand: 0, unsellable: 0 };
      sum.onHand += change.onHand;
      sum.unsellable += change.unsellable;
      changed.set(sku, sum);
    }
    // The rows of a chunk are one change of the shelf.
    for (const [sku, sum] of changed)
      if (sum.onHand !== 0 || sum.unsellable !== 0) shelfOf(model, sku, locationId).version += 1;
    // Who waits is served after each chunk: the next one finds the pieces spoken for.
    giveToWaiting(model);
  }
  return counts;
}

function tryChange(
  model: Model,
  at: { sku: string; locationId: string },
  change: { onHand: number; unsellable: number },
  isOneWith = false,
): 'applied' | 'unchanged' | 'refused' {
  const shelf = shelfOf(model, at.sku, at.locationId);
  const onHand = shelf.onHand + change.onHand;
  const unsellable = shelf.unsellable + change.unsellable;
  if (onHand < 0 || unsellable < 0 || onHand - unsellable - shelf.reserved - shelf.allocated < 0)
    return 'refused';
  if (change.onHand === 0 && change.unsellable === 0) return 'unchanged';
  moveOn(model, at, { ...change, by: 'feed', isOneWith });
  return 'applied';
}

function applyFull(model: Model, fed: Fed) {
  const counts = none();
  const { locationId, rows } = fed;
  const silent = model.skus.filter((sku) => rows.every((row) => row.sku !== sku));
  for (const row of rows) {
    const first = rows.find(({ sku }) => sku === row.sku)!;
    if (first !== row) {
      const isSame = first.quantity === row.quantity && first.unsellable === row.unsellable;
      counts[isSame ? 'unchanged' : 'refused'] += 1;
      continue;
    }
    const since = sinceTaken(model, fed, row.sku);
    const shelf = shelfOf(model, row.sku, locationId);
    const onHand = row.quantity + since.onHand - shelf.onHand;
    const unsellable = row.unsellable === null ? 0 : row.unsellable + since.unsellable - shelf.unsellable;
    const outcome = since.isCounted
      ? 'refused'
      : tryChange(model, { sku: row.sku, locationId }, { onHand, unsellable });
    counts[outcome] += 1;
  }
  if (counts.applied + counts.unchanged > 0) for (const sku of silent) empty(model, fed, sku);
  return counts;
}

/** What a full feed does not name is gone, but for what came after it and what somebody holds. */
function empty(model: Model, fed: Fed, sku: string): void {
  const shelf = shelfOf(model, sku, fed.locationId);
  const since = sinceTaken(model, fed, sku);
  if ((shelf.onHand === 0 && shelf.unsellable === 0) || since.isCounted) return;
  const unsellable = Math.max(0, since.unsellable);
  const onHand = Math.max(since.onHand, shelf.reserved + shelf.allocated + unsellable);
  const change = { onHand: onHand - shelf.onHand, unsellable: unsellable - shelf.unsellable };
  if (change.onHand === 0 && change.unsellable === 0) return;
  moveOn(model, { sku, locationId: fed.locationId }, { ...change, by: 'feed' });
}

function sinceTaken({ happenings }: Model, { locationId, taken }: Fed, sku: string) {
  const later = happenings.filter(
    (each) => each.sku === sku && each.locationId === locationId && each.minute > taken && each.by !== 'feed',
  );
  return {
    onHand: later.reduce((sum, each) => sum + each.onHand, 0),
    unsellable: later.reduce((sum, each) => sum + each.unsellable, 0),
    isCounted: later.some(({ by }) => by === 'count'),
  };
}

export const feedCommands = [feed, feed];
