import { whyOfferEnded } from '../../domain/catalogue/offer-end';
import type { AcceptedOffer } from '../../store/alternative/find-offer-answer';
import type { Offer } from '../../store/alternative/offer';
import type { ShortPieces } from './stand-ins';

export interface OfferAnswerRequest {
  orderId: string;
  offerId: string;
  /** Names the request. */
  key: string;
  /** What is chosen; nothing: it is refused. */
  sku?: string;
  /** What staff say who answer for the customer. */
  reason?: string;
  /** What it costs more was granted. */
  isPaid?: true;
  actor: string;
  /** Of the sourcing that an acceptance brings. */
  round: number;
  at: string;
}

export type OfferDecision =
  | AcceptedOffer
  /** `cancel`: pieces that are to be cancelled now; `isLast`: no other offer of its round is open; `waiting`: what still
   * waits of the round. */
  | {
      outcome: 'refused';
      round: number | null;
      cancel: ShortPieces[];
      waiting: ShortPieces[];
      isLast: boolean;
    }
  /** To be asked for before it may be accepted. */
  | { outcome: 'toPay'; paymentId: string; key: string }
  | { outcome: 'notAllowed'; because: string }
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] };

const answered = {
  accepted: 'The offer was accepted already',
  refused: 'The offer was refused already',
  expired: 'The time to answer the offer is over',
};

/** Why an offer cannot be answered any more. */
export const whyOver = ({
  status,
  endedBecause,
}: Pick<Offer, 'endedBecause'> & { status: Exclude<Offer['status'], 'open'> }): string =>
  status === 'withdrawn' ? whyOfferEnded[endedBecause ?? 'supplied'] : answered[status];

export const over = (because: string): OfferDecision => ({ outcome: 'notAllowed', because });
