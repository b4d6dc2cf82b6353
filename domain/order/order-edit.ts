import type { Money } from '../money';
import type { AskedTender } from '../payment/edited-payment';
import type { AskedPieces } from './cancel-pieces';
import type { OrderLine, PlacedOrder } from './types';

export type NewLine = Omit<OrderLine, 'id'>;

/** What is to become of an order; what is left out stays as it is. */
export interface OrderEdit {
  /** Pieces that a line is to have; 0 takes it out. */
  lines?: AskedPieces[];
  /** Pieces to be taken out of lines, as a cancellation names them. */
  cancel?: AskedPieces[];
  add?: NewLine[];
  shippingAddress?: PlacedOrder['shippingAddress'];
  delivery?: PlacedOrder['delivery'];
  shipping?: PlacedOrder['shipping'];
  /** What more is paid with, where it comes to more; unless told, a tender of the order is asked. */
  tender?: AskedTender;
}

/** What an edit did, for the order's story and versions. */
export type EditChange =
  | { what: 'quantity'; lineId: string; sku: string; from: number; to: number }
  | { what: 'added'; lineId: string; sku: string; quantity: number; unitPrice: Money }
  | { what: 'removed'; lineId: string; sku: string; quantity: number }
  | { what: 'shippingAddress' }
  | { what: 'delivery' }
  | { what: 'shipping'; from: Money; to: Money };

/** A line as our books are to have it: one that was taken out keeps its row, with all of its pieces cancelled. */
export interface LineRow {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  cancelled: number;
  /** Minor units of the whole line. */
  gross: number;
}

export interface EditedOrder {
  outcome: 'edited';
  /** With new lines, addresses and total; its tenders are those of before. */
  order: PlacedOrder;
  rows: LineRow[];
  /** Pieces fewer and more than before, by line. */
  fewer: AskedPieces[];
  more: AskedPieces[];
  changes: EditChange[];
  /** It may have to come from elsewhere, or go another way. */
  goesElsewhere: boolean;
}

export type EditRefusal =
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] }
  | { outcome: 'refused'; because: string }
  /** Nothing would be left of it: it is to be cancelled. */
  | { outcome: 'whole' };
