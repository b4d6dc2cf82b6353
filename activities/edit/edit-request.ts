import type { OrderEdit } from '../../domain/order/order-edit';

export interface EditRequest {
  orderId: string;
  /** Names the request: the same key edits once. */
  key: string;
  edit: OrderEdit;
  /** The version that whoever asks has seen; any, unless told. */
  version?: number;
  reason?: string;
  actor: string;
  /** The money that it waited for is there. */
  isPaid?: true;
  at: string;
}
