import type { Knex } from 'knex';
import type { Database } from '../connect';

/** Lines of an order that wait: of some rounds of sourcing, or some lines alone; all when nothing is said. */
export interface OfBackorders {
  orderId: string;
  rounds?: readonly number[];
  lineIds?: readonly string[];
}

/** Their rows, as a query to go on with. */
export function waitingRows(
  db: Database,
  { orderId, rounds = [], lineIds = [] }: OfBackorders,
): Knex.QueryBuilder {
  const rows = db('backorders').where('order_id', orderId).where('open', '>', 0);
  if (rounds.length > 0) void rows.whereIn('round', [...rounds]);
  if (lineIds.length > 0) void rows.whereIn('line_id', [...lineIds]);
  return rows;
}

/** Names them in the keys of what is done about them once. */
export const nameOfBackorders = ({ rounds = [], lineIds = [] }: OfBackorders): string =>
  [rounds.join('+'), ...lineIds].join(':');
