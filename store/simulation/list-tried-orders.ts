import type { Figures } from '../../domain/simulation/figures';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

/** A past order, decided twice. */
export interface TriedOrderView {
  position: number;
  orderId: string;
  number: string;
  channel: string;
  /** When it was really decided. */
  decidedAt: string;
  isChanged: boolean;
  /** Days by which the last parcel comes later; null where one of the two has no date. */
  daysLater: number | null;
  /** With the decision where the order would go elsewhere. */
  before: Figures & { decision?: SourcingDecision };
  after: Figures & { decision?: SourcingDecision };
}

export interface ListTriedOrders {
  simulationId: string;
  changed?: boolean;
  /** Position of the last order of the page before. */
  after?: number;
  limit: number;
}

/** The orders of a simulation in the order in which they were decided, a page at a time. */
export async function listTriedOrders(
  db: Database,
  { simulationId, changed, after, limit }: ListTriedOrders,
): Promise<Page<TriedOrderView, { position: number }>> {
  const query = db('rule_simulation_orders as t')
    .join('orders as o', 'o.id', 't.order_id')
    .join('sourcing_decisions as d', (on) => on.on('d.order_id', 't.order_id').andOnVal('d.round', 1))
    .where('t.simulation_id', simulationId)
    .orderBy('t.position')
    .limit(limit + 1)
    .select<Row[]>('t.*', 'o.number', 'o.channel', 'd.at');
  if (changed !== undefined) void query.where('t.is_changed', changed);
  if (after !== undefined) void query.where('t.position', '>', after);
  return pageOf((await query).map(viewOf), limit, ({ position }) => ({ position }));
}

interface Row {
  position: number;
  order_id: string;
  number: string;
  channel: string;
  at: Date;
  is_changed: boolean;
  days_later: number | null;
  before: Figures;
  after: Figures;
  before_decision: SourcingDecision | null;
  after_decision: SourcingDecision | null;
}

const viewOf = (row: Row): TriedOrderView => ({
  position: row.position,
  orderId: row.order_id,
  number: row.number,
  channel: row.channel,
  decidedAt: instant(row.at),
  isChanged: row.is_changed,
  daysLater: row.days_later,
  before: { ...row.before, ...(row.before_decision && { decision: row.before_decision }) },
  after: { ...row.after, ...(row.after_decision && { decision: row.after_decision }) },
});
