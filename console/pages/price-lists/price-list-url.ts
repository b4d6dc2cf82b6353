/** Where a price list is looked at. */
export const priceListUrl = (code: string): string => `/price-lists/${encodeURIComponent(code)}`;
