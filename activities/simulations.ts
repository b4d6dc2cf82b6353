import type { Simulation } from '../store/simulation/simulation-view';
import { keepAlive } from './alive';
import type { ActivityDependencies } from './dependencies';
import { createDecideAgain } from './sourcing/decide-again';

/** So many orders are written down at once. */
const batchSize = 50;
/** Some seconds of work: after it, others have a turn. */
const batchesAtOnce = 10;

type Standing = Simulation & { lastOrder: string | null };

/** What trying rules on past orders can have done, by name. The names are in histories: never rename one. */
export function createSimulationActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  const decideAgain = createDecideAgain(store);

  /** Tries the next orders; false when there is none left. */
  async function tryBatch(simulation: Standing): Promise<boolean> {
    const { id: simulationId, lastOrder, limit, done } = simulation;
    const size = Math.min(batchSize, limit - done);
    const past = size > 0 ? await store.readPastDecisions({ simulationId, limit: size }) : [];
    if (past.length === 0) return false;
    await store.recordTried({ simulationId, lastOrder, tried: await decideAgain(simulation, past) });
    return true;
  }

  return keepAlive({
    /** Goes on with a simulation where it stands: each order is written down once, whoever asks how often. */
    async tryPastOrders({
      simulationId,
      at,
    }: {
      simulationId: string;
      at: string;
    }): Promise<{ outcome: 'more' | 'over' }> {
      for (let count = 0; count < batchesAtOnce; count += 1) {
        const simulation = await store.beginSimulation({ simulationId, at });
        if (!simulation) return { outcome: 'over' };
        if (await tryBatch(simulation)) continue;
        await store.endSimulation(simulationId, at);
        return { outcome: 'over' };
      }
      return { outcome: 'more' };
    },
  });
}

export type SimulationActivities = ReturnType<typeof createSimulationActivities>;
