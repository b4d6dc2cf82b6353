/** Where an order is looked at. */
export const orderUrl = (id: string): string => `/orders/${encodeURIComponent(id)}`;
