import type { Database } from '../connect';

export interface PromiseChange {
  id: number;
  orderId: string;
  cause: string;
}

/** Orders whose promise is to be looked at anew, oldest first; what several read is done several times, to no harm. */
export async function readPromiseChanges(db: Database, limit: number): Promise<PromiseChange[]> {
  return db('promise_changes').orderBy('id').limit(limit).select('id', 'order_id as orderId', 'cause');
}

/** What came of them is in the database. */
export async function forgetPromiseChanges(db: Database, ids: number[]): Promise<void> {
  if (ids.length > 0) await db('promise_changes').whereIn('id', ids).delete();
}
