import type { OrderStatus } from '../../domain/order/states';
import type { PlacedOrder } from '../../domain/order/types';
import type { LeavesWith } from '../../domain/promise/leaves-with';
import type {
  AwaitedEditView,
  DocumentSummary,
  HoldView,
  MailSummary,
  OrderFulfillmentView,
  PaymentView,
  PromisedSupply,
  PromiseView,
  WaitView,
} from './order-view';
import type { LatePieces } from '../promise/late-pieces';
import type { ReturnJson } from './return-view';

/** An order as its statement answers. */
export interface OrderRow {
  id: string;
  number: string;
  channel: string;
  external_reference: string;
  version: number;
  status: OrderStatus;
  decision: string | null;
  payment_status: string;
  currency: string;
  total: number;
  content: PlacedOrder;
  placed_at: Date;
  updated_at: Date;
  lines: { id: string; gross: number; cancelled: number; backordered: number }[];
  fulfillments: Omit<OrderFulfillmentView, 'promise'>[];
  payments: (Omit<PaymentView, 'amount' | 'authorized' | 'captured' | 'refunded'> & Amounts)[];
  returns: ReturnJson[];
  documents: DocumentSummary[];
  mails: MailSummary[];
  holds: HoldView[];
  waits: (WaitView & { key: string })[];
  promised: PromisedSupply[];
  promises: Record<string, PromiseView> | null;
  late_pieces: LatePieces[];
  /** Null where nothing waits for stock. */
  leaves_with: LeavesWith | null;
  awaited_edit: AwaitedEditRow | null;
}
type AwaitedEditRow = Omit<AwaitedEditView, 'amount' | 'received'> & Record<'amount' | 'received', number>;
type Amounts = Record<'amount' | 'authorized' | 'captured' | 'refunded', number>;
