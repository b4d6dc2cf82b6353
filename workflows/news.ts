import type { EndedPieces, Pieces } from '../domain/shipping/parcels-end';

/** What has been heard of a fulfillment; facts that never become untrue again. */
export interface News {
  packed?: true;
  shipped?: true;
  /** Of a supplier: it will do the work; it shipped with a carrier of its own. */
  confirmed?: true;
  supplied?: true;
  readyForPickup?: true;
  collected?: true;
  /** It lies in the store at which it is collected; what did not come of it, or came damaged. */
  atStore?: true;
  short?: Pieces[];
  delivered?: true;
  rejected?: string;
  undelivered?: 'returned' | 'lost';
  /** With `undelivered`: where each piece ended. */
  pieces?: EndedPieces;
}

/** Of a return. */
export interface ReturnNews {
  received?: true;
  inspected?: true;
}

export const newsOf = ({ news }: { news: Record<string, News> }, fulfillmentId: string): News =>
  (news[fulfillmentId] ??= {});

export const returnNewsOf = (
  { returnNews }: { returnNews: Record<string, ReturnNews> },
  returnId: string,
): ReturnNews => (returnNews[returnId] ??= {});
