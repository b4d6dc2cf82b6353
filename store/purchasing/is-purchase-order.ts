import type { Database } from '../connect';

/** A receipt must not go past a purchase order: its number belongs to it alone. */
export async function isPurchaseOrder(db: Database, reference: string | undefined): Promise<boolean> {
  if (reference === undefined) return false;
  return (await db('purchase_orders').where('number', reference).first('id')) !== undefined;
}
