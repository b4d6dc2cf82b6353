import type { AlternativeReason } from '../../domain/catalogue/alternatives-for';
import type { Money } from '../../domain/money';
import { instant, instantOrNull } from '../instant';

export type OfferState = 'open' | 'accepted' | 'refused' | 'expired' | 'withdrawn';

/** Something that can be chosen instead. */
export interface OfferOption {
  sku: string;
  title: string;
  /** What a piece of it is sold for in this order. */
  unitPrice: Money;
  taxRateBps: number;
  /** What all pieces come to more than what they replace; below zero: less. */
  difference: Money;
  /** When they would be there; null while nobody can say. */
  promise: { earliest: string; latest: string } | null;
  because: AlternativeReason[];
  /** It was chosen and could not be had any more: it is not offered. */
  isGone?: true;
}

/** What a customer is offered for pieces of a line that nobody has. */
export interface Offer {
  id: string;
  orderId: string;
  lineId: string;
  round: number;
  sku: string;
  title: string;
  /** Pieces that wait and would be replaced; of an offer that is over, those it was about. */
  quantity: number;
  options: OfferOption[];
  /** What becomes of the pieces when it is refused or not answered. */
  otherwise: 'backorder' | 'cancel';
  /** `withdrawn`: nothing of the line waits any more. */
  status: OfferState;
  /** Lines that the order ever had. */
  orderLines: number;
  offeredAt: string;
  until: string;
  answeredAt: string | null;
  answeredBy: string | null;
  reason: string | null;
  chosenSku: string | null;
}

export interface OfferRow {
  id: string;
  order_id: string;
  line_id: string;
  round: number;
  sku: string;
  title: string;
  quantity: number;
  options: OfferOption[];
  otherwise: Offer['otherwise'];
  status: Exclude<OfferState, 'withdrawn'>;
  offered_at: Date;
  until: Date;
  answered_at: Date | null;
  answered_by: string | null;
  reason: string | null;
  chosen_sku: string | null;
  answer_key: string | null;
  answer: unknown;
  /** Pieces of its line and round that wait now. */
  waiting: number;
  order_lines: number;
}

/** Of a row called `o`: lines of its order, and pieces of its line and round that wait now. */
export const waitingNow = `
  (SELECT count(*)::int FROM order_lines AS l WHERE l.order_id = o.order_id) AS order_lines,
  (SELECT coalesce(sum(b.open), 0)::int FROM backorders AS b WHERE b.line_id = o.line_id AND b.round = o.round)
    AS waiting`;

export function offerOf(row: OfferRow): Offer {
  const isOpen = row.status === 'open';
  return {
    id: row.id,
    orderId: row.order_id,
    lineId: row.line_id,
    round: row.round,
    sku: row.sku,
    title: row.title,
    quantity: isOpen && row.waiting > 0 ? row.waiting : row.quantity,
    options: row.options,
    otherwise: row.otherwise,
    status: isOpen && row.waiting === 0 ? 'withdrawn' : row.status,
    orderLines: row.order_lines,
    offeredAt: instant(row.offered_at),
    until: instant(row.until),
    answeredAt: instantOrNull(row.answered_at),
    answeredBy: row.answered_by,
    reason: row.reason,
    chosenSku: row.chosen_sku,
  };
}
