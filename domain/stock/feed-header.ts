/** Where the columns of a feed stand, from 0. */
export interface FeedColumns {
  sku: number;
  quantity: number;
  /** Null when the feed says nothing about it. */
  unsellable: number | null;
  count: number;
}

/** How the lines of a CSV feed are made. */
export interface FeedLayout {
  columns: FeedColumns;
  separator: string;
}

/** Whether a line of one feed says in another what it says in the first. */
export const isSameLayout = (one: FeedLayout, other: FeedLayout): boolean =>
  one.separator === other.separator &&
  one.columns.sku === other.columns.sku &&
  one.columns.quantity === other.columns.quantity &&
  one.columns.unsellable === other.columns.unsellable;

export type FeedHeader =
  { outcome: 'read'; columns: FeedColumns } | { outcome: 'unreadable'; detail: string };

/** All that a row says. */
export const feedFields = ['sku', 'quantity', 'unsellable'];

/** Reads the first row of a CSV feed: sku, quantity and perhaps unsellable, in any order and spelling of case. */
export function readFeedHeader(cells: readonly string[]): FeedHeader {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const unreadable = (detail: string): FeedHeader => ({ outcome: 'unreadable', detail });
  const told = names.map((name) => `"${name.slice(0, 40)}"`).join(', ');
  for (const name of ['sku', 'quantity'])
    if (!names.includes(name))
      return unreadable(
        `The first line must name the columns, ${feedFields.join(', ')}: there is no "${name}" in ${told.slice(0, 300)}`,
      );
  const stranger = names.find((name) => !feedFields.includes(name));
  if (stranger !== undefined)
    return unreadable(
      `There is no column "${stranger.slice(0, 40)}" in a feed, but ${feedFields.join(', ')}`,
    );
  const twice = feedFields.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  if (twice !== undefined) return unreadable(`The column "${twice}" is there twice`);
  const unsellable = names.indexOf('unsellable');
  return {
    outcome: 'read',
    columns: {
      sku: names.indexOf('sku'),
      quantity: names.indexOf('quantity'),
      unsellable: unsellable < 0 ? null : unsellable,
      count: names.length,
    },
  };
}

/** What separates the columns: whichever of comma, semicolon and tab is there most. */
export function separatorOf(header: string): string {
  const times = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (times(each) > times(best) ? each : best));
}
