import type { Database } from '../connect';
import { simulationOf, type Simulation, type SimulationRecord } from './simulation-view';
import { pastOrders } from './read-past-decisions';

/** Where a simulation stands; null when it is over. The first time, its orders are counted. */
export async function beginSimulation(
  db: Database,
  { simulationId, at }: { simulationId: string; at: string },
): Promise<(Simulation & { lastOrder: string | null }) | null> {
  await db.raw(begin, { simulationId, at });
  const row = await db<SimulationRecord>('rule_simulations').where({ id: simulationId }).first();
  if (!row || row.state !== 'running') return null;
  return { ...simulationOf(row), lastOrder: row.last_order };
}

const begin = `
  UPDATE rule_simulations AS s SET state = 'running', began_at = :at, total = least(s.max_orders, (
    SELECT count(*) FROM ${pastOrders} ))
  WHERE s.id = :simulationId AND s.state = 'accepted'`;
