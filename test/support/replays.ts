import { Client, Connection } from '@temporalio/client';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import type { Config } from '../../runtime/config';
import { loadWorkflowBundle } from '../../runtime/workflow-bundle';
import { orderWorkflowType } from '../../workflows/messages';

/** `ORDITO_TEST_REPLAY=1`: workers keep no order in memory, and each order is replayed once more at the end. */
export const isReplaying = Boolean(process.env.ORDITO_TEST_REPLAY);

/** What of the orders of a task queue does not replay, or once did not. */
export async function findReplayProblems(config: Config, taskQueue: string): Promise<string[]> {
  const connection = await Connection.connect({ address: config.temporal.connectionOptions.address! });
  try {
    const { workflow } = new Client({ connection });
    const workflowBundle = await loadWorkflowBundle(config.home);
    const query = `WorkflowType = '${orderWorkflowType}' AND TaskQueue = '${taskQueue}'`;
    const problems: string[] = [];
    for await (const { workflowId, runId } of workflow.list({ query })) {
      const problem = await replay(
        workflowBundle,
        workflowId,
        await workflow.getHandle(workflowId, runId).fetchHistory(),
      );
      if (problem) problems.push(`${workflowId}: ${problem}`);
    }
    return problems;
  } finally {
    await connection.close();
  }
}

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

async function replay(
  workflowBundle: WorkflowBundle,
  workflowId: string,
  history: History,
): Promise<string | undefined> {
  const failed = history.events?.find(({ workflowTaskFailedEventAttributes: failure }) => failure?.failure);
  if (failed) return `event ${failed.eventId}: ${failed.workflowTaskFailedEventAttributes?.failure?.message}`;
  try {
    await Worker.runReplayHistory({ workflowBundle }, history, workflowId);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
