/** How people know a line of an order: by what it is, not by its id. */
export const lineName = ({ title, sku }: { title: string; sku: string }): string => `${title} (${sku})`;
