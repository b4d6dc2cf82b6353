import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { ordersTaskQueue, ruleSimulationWorkflowType, type RuleSimulationInput } from '../workflows/messages';

/** What the API asks of the simulations. */
export interface SimulationWorkflows {
  /** Has a simulation run; asked again while it runs, nothing more happens. */
  start(simulationId: string): Promise<void>;
}

export const createSimulationWorkflows = (
  client: Client,
  taskQueue: string = ordersTaskQueue,
): SimulationWorkflows => ({
  async start(simulationId) {
    const input: RuleSimulationInput = { simulationId };
    await client.workflow
      .start(ruleSimulationWorkflowType, {
        workflowId: `ruleSimulation:${simulationId}`,
        taskQueue,
        args: [input],
      })
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      });
  },
});
