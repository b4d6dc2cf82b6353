/** Where a transfer is looked at. */
export const transferUrl = (id: string): string => `/transfers/${encodeURIComponent(id)}`;
