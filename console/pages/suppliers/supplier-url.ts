/** Where a supplier is looked at. */
export const supplierUrl = (id: string): string => `/suppliers/${encodeURIComponent(id)}`;
