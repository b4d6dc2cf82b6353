export const reorderAddress = '/reorder-points';

/** Where a SKU's reorder point at a location is looked at. */
export const reorderUrl = (locationId: string, sku: string): string =>
  `${reorderAddress}/${encodeURIComponent(locationId)}/${encodeURIComponent(sku)}`;
