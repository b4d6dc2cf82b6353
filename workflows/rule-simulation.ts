import { continueAsNew, proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { SimulationActivities } from '../activities/simulations';
import { simulationTaskQueueBeside, type RuleSimulationInput } from './messages';

/**
 * Tries rules on past orders, batch after batch, until there is none left or somebody has cancelled it. How far it is
 * stands in Postgres, and so does the cancelling: the next batch finds it.
 */
export async function ruleSimulation({ simulationId }: RuleSimulationInput): Promise<void> {
  const simulations = simulating();
  for (;;) {
    const { outcome } = await simulations.tryPastOrders({ simulationId, at: new Date().toISOString() });
    if (outcome === 'over') return;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof ruleSimulation>({ simulationId });
  }
}

const simulating = () =>
  proxyActivities<SimulationActivities>({
    taskQueue: simulationTaskQueueBeside(workflowInfo().taskQueue),
    startToCloseTimeout: '10m',
    heartbeatTimeout: '15s',
    retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
  });
