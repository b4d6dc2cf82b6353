import type { Money } from '../money';
import type { AskedTender } from '../payment/edited-payment';
import type { AskedPieces } from './cancel-pieces';
import type { Destination, OrderLine, PlacedOrder } from './types';

export type NewLine = Omit<OrderLine, 'id'>;

/** One of the places that lines go to as it is to be; one that the order does not have is added, whole. */
export type DestinationEdit = Pick<Destination, 'id'> & Partial<Destination>;

/** Pieces that are to go to another place of the order; all of the line unless told how many. */
export interface PieceMove {
  lineId: string;
  /** Null: the order's own address. */
  destination: string | null;
  quantity?: number;
}

/** What is to become of an order; what is left out stays as it is. */
export interface OrderEdit {
  /** Pieces that a line is to have; 0 takes it out. */
  lines?: AskedPieces[];
  /** Pieces to be taken out of lines, as a cancellation names them. */
  cancel?: AskedPieces[];
  add?: NewLine[];
  move?: PieceMove[];
  /** What is left out of one that the order has stays as it is. */
  destinations?: DestinationEdit[];
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
  | { what: 'moved'; lineId: string; sku: string; quantity: number; destination: string | null }
  | { what: 'destinationAdded' | 'destinationDropped'; destination: string }
  /** Of the order itself, unless it names a destination. */
  | { what: 'shippingAddress' | 'delivery' | 'shippingMethod' | 'shippingShare'; destination?: string }
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
  /** Lines of their own that pieces of others became: they go to another place. */
  parted: { lineId: string; from: string }[];
  changes: EditChange[];
  places: ChangedPlaces;
}

/** Where an edited order goes otherwise than before; null: its own address. */
export interface ChangedPlaces {
  /** Other addresses, ways or methods than before, for lines that went there and still do. */
  changed: (string | null)[];
  /** Of these, such as decide anew where their goods come from. */
  elsewhere: (string | null)[];
  /** Of these, such as what waits for stock has to be asked for anew: it would go another way, or abroad. */
  otherWay: (string | null)[];
  /** Lines that go to another place as a whole. */
  movedLines: string[];
}

export type EditRefusal =
  | { outcome: 'invalid'; problems: { pointer: string; detail: string }[] }
  | { outcome: 'refused'; because: string }
  /** Nothing would be left of it: it is to be cancelled. */
  | { outcome: 'whole' };
