export interface ConfirmRequest {
  orderId: string;
  /** Work to show to its locations; empty while money is awaited. */
  release: string[];
  /** Pieces that wait for stock, and until when. */
  backordered: { lineId: string; quantity: number }[];
  backorderUntil: string;
  /** What follows then, where they are not given up. */
  backorderThen?: string;
  /** Something else is about to be offered for them: that mail tells that they are missing. */
  isOffered?: true;
  /** Nothing leaves before all is there. */
  isTogether?: true;
  /** Nothing of what goes to one place leaves before all of that is there. */
  isCollected?: true;
  /** What is there is kept at the store until they have come. */
  isGathered?: true;
  /** Pieces that nobody has and that are not waited for. */
  givenUp?: { lineId: string; quantity: number }[];
  /** Payments that the customer still has to send, and until when. */
  awaiting: string[];
  awaitUntil: string;
  /** Until when the customer may change it; no work is shown before. */
  remorseUntil?: string;
  /** It was changed since it was sourced: what waits for stock is looked up. */
  isEdited?: true;
  at: string;
}
