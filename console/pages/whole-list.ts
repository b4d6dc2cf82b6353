interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** As many as the API gives at once. */
const pageSize = 200;

/** A list to its end, for what is chosen from: hundreds of items, never what grows with the orders. */
export async function readWhole<Item>(
  list: (paging: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: pageSize, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}
