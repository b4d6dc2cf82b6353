import type { AlternativeReason } from '../../domain/catalogue/alternatives-for';
import type { OfferEnd } from '../../domain/catalogue/offer-end';
import type { Money } from '../../domain/money';
import { instant, instantOrNull } from '../instant';
import { isOpenForTaking } from '../order/status-for-taking';

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

/** What a customer is offered for pieces of a line that nobody has, or that come later than was told. */
export interface Offer {
  id: string;
  orderId: string;
  lineId: string;
  /** Of sourcing, in which they were short; null: they are at work. */
  round: number | null;
  /** The work that holds them. */
  fulfillmentId: string | null;
  sku: string;
  title: string;
  /** Pieces that would be replaced; of an offer that is over, those it was about. */
  quantity: number;
  options: OfferOption[];
  /** What becomes of the pieces when it is refused or not answered. */
  otherwise: 'backorder' | 'cancel' | 'stay';
  /** `withdrawn`: nothing is left that could be replaced. */
  status: OfferState;
  /** Why it was withdrawn. */
  endedBecause: OfferEnd | null;
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
  round: number | null;
  fulfillment_id: string | null;
  sku: string;
  title: string;
  quantity: number;
  options: OfferOption[];
  otherwise: Offer['otherwise'];
  status: OfferState;
  ended_because: OfferEnd | null;
  offered_at: Date;
  until: Date;
  answered_at: Date | null;
  answered_by: string | null;
  reason: string | null;
  chosen_sku: string | null;
  answer_key: string | null;
  answer: unknown;
  /** Pieces of its line that wait of its round, or that its work still holds. */
  waiting: number;
  /** Where such work ended. */
  work_status: string | null;
  order_lines: number;
}

/** Of a row called `o`: lines of its order, pieces that could be replaced now, and what became of the work that held them. */
export const waitingNow = `
  (SELECT count(*)::int FROM order_lines AS l WHERE l.order_id = o.order_id) AS order_lines,
  (SELECT f.status FROM fulfillments AS f WHERE f.id = o.fulfillment_id) AS work_status,
  CASE WHEN o.fulfillment_id IS NULL
    THEN (SELECT coalesce(sum(b.open), 0)::int FROM backorders AS b WHERE b.line_id = o.line_id AND b.round = o.round)
    ELSE (SELECT coalesce(sum(l.quantity), 0)::int FROM fulfillment_lines AS l
          JOIN fulfillments AS f ON f.id = l.fulfillment_id JOIN locations AS w ON w.id = f.location_id
          WHERE f.id = o.fulfillment_id AND l.line_id = o.line_id AND ${isOpenForTaking}) END AS waiting`;

export function offerOf(row: OfferRow): Offer {
  const isOpen = row.status === 'open';
  const isOver = isOpen && row.waiting === 0;
  return {
    id: row.id,
    orderId: row.order_id,
    lineId: row.line_id,
    round: row.round,
    fulfillmentId: row.fulfillment_id,
    sku: row.sku,
    title: row.title,
    quantity: isOpen && row.waiting > 0 ? row.waiting : row.quantity,
    options: row.options,
    otherwise: row.otherwise,
    status: isOver ? 'withdrawn' : row.status,
    endedBecause: isOver ? endOf(row) : row.ended_because,
    orderLines: row.order_lines,
    offeredAt: instant(row.offered_at),
    until: instant(row.until),
    answeredAt: instantOrNull(row.answered_at),
    answeredBy: row.answered_by,
    reason: row.reason,
    chosenSku: row.chosen_sku,
  };
}

/** What ended it without having looked for offers: stock that came, or a location that acted. */
function endOf({ work_status: status }: OfferRow): OfferEnd {
  if (status === null) return 'supplied';
  return status === 'cancelled' ? 'sourcedAgain' : 'packed';
}
