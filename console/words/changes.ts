const changedParts: Record<string, string> = {
  shippingAddress: 'another address',
  delivery: 'another way of delivery',
  shipping: 'another shipping fee',
  shippingMethod: 'another shipping method',
  shippingShare: 'another part of the shipping fee',
  expectedAt: 'another date',
  reference: 'another reference',
};

/** What an edit changes in an order, or in a draft of a purchase order, in words. */
export const wordsOfChanges = (changes: readonly object[]): string[] =>
  changes.map((change) => {
    const { what, sku, from, to, quantity, destination, because } = change as Record<string, unknown>;
    const place = destination === null ? 'the own address' : String(destination);
    if (what === 'moved') return `${String(quantity)} × ${String(sku)} to ${place}`;
    if (what === 'destinationAdded') return `${place} is a new destination`;
    if (what === 'destinationDropped') return `nothing goes to ${place} any more`;
    if (what === 'quantity') return `${String(sku)} from ${String(from)} to ${String(to)}`;
    if (what === 'added') return `${String(quantity)} × ${String(sku)} added`;
    if (what === 'cost') return `${String(sku)} at another cost`;
    if (what === 'anyway') return `${String(sku)} anyway: ${String(because)}`;
    if (what === 'removed') return `${String(sku)} removed`;
    const part = changedParts[String(what)] ?? String(what);
    return destination === undefined ? part : `${part} for ${place}`;
  });
