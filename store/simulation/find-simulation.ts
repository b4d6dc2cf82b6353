import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import { simulationOf, type Simulation, type SimulationRecord } from './simulation-view';

export async function findSimulation(db: Database, id: string): Promise<Simulation | null> {
  const row = await db<SimulationRecord>('rule_simulations').where({ id }).first();
  return row ? simulationOf(row) : null;
}

/** Simulations, the newest first, a page at a time. */
export async function listSimulations(
  db: Database,
  { before, limit }: { before?: number; limit: number },
): Promise<Page<Simulation, { position: number }>> {
  const query = db<SimulationRecord>('rule_simulations')
    .orderBy('position', 'desc')
    .limit(limit + 1);
  if (before !== undefined) void query.where('position', '<', before);
  const page = pageOf(await query, limit, ({ position }) => ({ position }));
  return { ...page, items: page.items.map(simulationOf) };
}

/** Those that are not over: whoever runs them is asked once more. */
export const openSimulations = (db: Database): Promise<string[]> =>
  db('rule_simulations').whereIn('state', ['accepted', 'running']).pluck('id');
