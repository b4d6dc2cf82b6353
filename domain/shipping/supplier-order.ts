/** How a supplier calls what we order of it for one customer: the order's number and the part's place in it. */
export const supplierOrderNumber = (orderNumber: string, fulfillmentId: string): string =>
  [orderNumber, ...fulfillmentId.split('_').slice(2)].join('-');
