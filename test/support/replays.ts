import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import type { Config } from '../../runtime/config';
import { loadWorkflowBundle } from '../../runtime/workflow-bundle';
import { orderWorkflowType } from '../../workflows/messages';
import { onceMore } from './once-more';

/**
 * `ORDITO_TEST_REPLAY=1`: workers keep one order in memory, and each order is replayed once more at the end. With none at
 * all, Temporal's SDK drops local activities that are under way.
 */
export const isReplaying = Boolean(process.env.ORDITO_TEST_REPLAY);

/** What of the orders of a task queue does not replay, or once did not. */
export async function findReplayProblems(config: Config, taskQueue: string): Promise<string[]> {
  const connection = await Connection.connect({ address: config.temporal.connectionOptions.address! });
  try {
    const { workflow } = new Client({ connection });
    const workflowBundle = await loadWorkflowBundle(config.home);
    const query = `WorkflowType = '${orderWorkflowType}' AND TaskQueue = '${taskQueue}'`;
    const problems: string[] = [];
    async function* histories() {
      for await (const { workflowId, runId } of workflow.list({ query })) {
        const history = await workflow.getHandle(workflowId, runId).fetchHistory();
        const failed = failedTask(history);
        if (failed) problems.push(`${workflowId}: ${failed}`);
        else yield { workflowId, history: doneOf(history) };
      }
    }
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories()))
      if (error) problems.push(`${workflowId}: ${String(error)}`);
    return problems;
  } finally {
    await connection.close();
  }
}

const { WorkflowTaskFailedCause } = temporal.api.enums.v1;

type History = Awaited<ReturnType<ReturnType<Client['workflow']['getHandle']>['fetchHistory']>>;

function failedTask({ events }: History): string | undefined {
  // News that came while it ended: the server has it look at them first.
  const isNews = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;
  const failed = events?.find(
    ({ workflowTaskFailedEventAttributes: task }) =>
      task?.failure && task.cause !== isNews && task.failure.message !== onceMore,
  );
  return failed && `event ${failed.eventId}: ${failed.workflowTaskFailedEventAttributes?.failure?.message}`;
}

/** Without the task that was under way when the system stopped: it would be done, by a worker that has no activities. */
function doneOf(history: History): History {
  const events = history.events ?? [];
  const last = events.findLastIndex((event) => event.workflowTaskCompletedEventAttributes);
  const open = events.findIndex((event, at) => at > last && event.workflowTaskScheduledEventAttributes);
  return open < 0 ? history : ({ ...history, events: events.slice(0, open) } as History);
}
