/** One page of a list; `next` is the sort key of its last row when more follow. */
export interface Page<Row, Key> {
  items: Row[];
  next: Key | null;
}

/** Cuts a result that was read with one row more than the page holds. */
export function pageOf<Row, Key>(rows: Row[], limit: number, keyOf: (row: Row) => Key): Page<Row, Key> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}
