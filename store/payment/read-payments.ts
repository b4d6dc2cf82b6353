import type { TenderMethod } from '../../domain/order/types';
import type { Database } from '../connect';

export interface PaymentFacts {
  id: string;
  method: TenderMethod;
  provider: string;
  token: string | null;
  instalments: number | null;
  currency: string;
  amount: number;
  status: string;
  reference: string | null;
  transferReference: string | null;
  authorized: number;
  captured: number;
  refunded: number;
  /** Key of the edit that waits for it: until that is in force it counts for nothing else. */
  forEdit: string | null;
}

const columns = [
  'id',
  'method',
  'provider',
  'token',
  'instalments',
  'currency',
  'amount',
  'status',
  'reference',
  'transfer_reference',
  'authorized',
  'captured',
  'refunded',
  'for_edit',
];

/** All payments of an order in the order of its tenders; amounts in minor units. */
export async function readPayments(db: Database, orderId: string): Promise<PaymentFacts[]> {
  const rows = await db('payments').where('order_id', orderId).orderBy('position').select(columns);
  return rows.map((row) => ({
    id: row.id,
    method: row.method,
    provider: row.provider,
    token: row.token,
    instalments: row.instalments,
    currency: row.currency,
    amount: row.amount,
    status: row.status,
    reference: row.reference,
    transferReference: row.transfer_reference,
    authorized: row.authorized,
    captured: row.captured,
    refunded: row.refunded,
    forEdit: row.for_edit,
  }));
}

/** All that the order as it is can count on: without what an edit still waits for. */
export const readCountedPayments = async (db: Database, orderId: string): Promise<PaymentFacts[]> =>
  (await readPayments(db, orderId)).filter(({ forEdit }) => forEdit === null);
