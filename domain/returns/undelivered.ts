import type { EndedPieces, Pieces } from '../shipping/parcels-end';

/** Parcels that never arrived are one return by themselves, named by their fulfillment. */
export const undeliveredReturnIdOf = (fulfillmentId: string): string =>
  fulfillmentId.replace(/^ful_/, 'ret_');

export const fulfillmentIdOfUndelivered = (returnId: string): string => returnId.replace(/^ret_/, 'ful_');

export interface UndeliveredReturn {
  returnId: string;
  isLost: boolean;
  lines: Pieces[];
}

/**
 * The returns that parcels of a fulfillment make which did not all end alike: what is lost is given back
 * without goods, what comes back is awaited, what was delivered stays with the customer.
 */
export function undeliveredReturns(fulfillmentId: string, pieces: EndedPieces): UndeliveredReturn[] {
  const returnId = undeliveredReturnIdOf(fulfillmentId);
  return [
    { returnId: `${returnId}_lost`, isLost: true, lines: pieces.lost },
    { returnId: `${returnId}_back`, isLost: false, lines: pieces.returned },
  ].filter(({ lines }) => lines.length > 0);
}

/** Every id under which a fulfillment's parcels can have been given up. */
export const givenUpReturnIdsOf = (fulfillmentId: string): string[] =>
  ['', '_lost', '_back'].map((end) => `${undeliveredReturnIdOf(fulfillmentId)}${end}`);
