import type { Comparison } from '../../domain/simulation/comparison';
import { addUp } from '../../domain/simulation/report';
import type { SourcingDecision } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import type { SimulationRecord } from './simulation-view';

export interface TriedOrder extends Comparison {
  orderId: string;
  decisions: { before: SourcingDecision; after: SourcingDecision };
}

export interface RecordTried {
  simulationId: string;
  /** The last order before these. */
  lastOrder: string | null;
  tried: readonly TriedOrder[];
}

/**
 * Writes a batch down with the report that has it in it, once: `overtaken` when somebody else has gone on from there,
 * or the simulation is over.
 */
export async function recordTried(
  db: Database,
  { simulationId, lastOrder, tried }: RecordTried,
): Promise<{ outcome: 'recorded' | 'overtaken' }> {
  return inTransaction(db, async (trx) => {
    const row = await trx<SimulationRecord>('rule_simulations')
      .where({ id: simulationId })
      .forUpdate()
      .first();
    if (!row || row.state !== 'running' || row.last_order !== lastOrder) return { outcome: 'overtaken' };
    await trx('rule_simulation_orders').insert(
      tried.map((each, index) => rowOf(each, simulationId, row.done + index + 1)),
    );
    await trx('rule_simulations')
      .where({ id: simulationId })
      .update({
        done: row.done + tried.length,
        last_order: tried.at(-1)!.orderId,
        report: JSON.stringify(addUp(row.report, tried)),
      });
    return { outcome: 'recorded' };
  });
}

const rowOf = (tried: TriedOrder, simulationId: string, position: number): object => ({
  simulation_id: simulationId,
  position,
  order_id: tried.orderId,
  is_changed: tried.isChanged,
  days_later: tried.daysLater,
  before: JSON.stringify(tried.before),
  after: JSON.stringify(tried.after),
  before_decision: tried.isChanged ? JSON.stringify(tried.decisions.before) : null,
  after_decision: tried.isChanged ? JSON.stringify(tried.decisions.after) : null,
});
