const changedParts: Record<string, string> = {
  shippingAddress: 'another address',
  delivery: 'another way of delivery',
  shipping: 'another shipping fee',
  expectedAt: 'another date',
  reference: 'another reference',
};

/** What an edit changes in an order, or in a draft of a purchase order, in words. */
export const wordsOfChanges = (changes: readonly object[]): string[] =>
  changes.map((change) => {
    const { what, sku, from, to, quantity } = change as Record<string, unknown>;
    if (what === 'quantity') return `${String(sku)} from ${String(from)} to ${String(to)}`;
    if (what === 'added') return `${String(quantity)} × ${String(sku)} added`;
    if (what === 'cost') return `${String(sku)} at another cost`;
    if (what === 'removed') return `${String(sku)} removed`;
    return changedParts[String(what)] ?? String(what);
  });
