/** A parcel that never arrived is one return by itself, named by its fulfillment. */
export const undeliveredReturnIdOf = (fulfillmentId: string): string =>
  fulfillmentId.replace(/^ful_/, 'ret_');

export const fulfillmentIdOfUndelivered = (returnId: string): string => returnId.replace(/^ret_/, 'ful_');
