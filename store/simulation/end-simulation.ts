import type { Database } from '../connect';
import { findSimulation } from './find-simulation';
import type { Simulation } from './simulation-view';

/** All orders were tried; what was counted before is put right if orders were decided meanwhile. */
export async function endSimulation(db: Database, simulationId: string, at: string): Promise<void> {
  await db('rule_simulations')
    .where({ id: simulationId, state: 'running' })
    .update({ state: 'done', ended_at: at, total: db.ref('done') });
}

/** Ends a simulation where it stands; one that is over stays as it is. Null when there is none. */
export async function cancelSimulation(
  db: Database,
  simulationId: string,
  at: string,
): Promise<Simulation | null> {
  await db('rule_simulations')
    .where({ id: simulationId })
    .whereIn('state', ['accepted', 'running'])
    .update({ state: 'cancelled', ended_at: at });
  return findSimulation(db, simulationId);
}
