// Loaded into a worker (`--require`): each workflow task in which activities were done fails at its end, once, as if the
// worker had died just then. Whoever takes it up does all of its activities a second time, with the order as the first
// time left it. With ORDITO_PROOF_HOLD_MS it is held for so long instead, as if the worker stood still: beyond the time of
// a task (10 s) it is taken from the worker, and people have gone on by then.
import { setTimeout as sleep } from 'node:timers/promises';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { coresdk } from '@temporalio/proto';
import { onceMore } from '../../support/once-more';

type Activation = coresdk.workflow_activation.IWorkflowActivation;
type Completion = coresdk.workflow_completion.IWorkflowActivationCompletion;
interface Threads {
  BaseVMWorkflow: { prototype: { activate(activation: Activation): Promise<Completion> } };
}

/** Of one workflow in this thread: the activities under way, the last one that ended, whether it ended in this task. */
interface Progress {
  open: Set<number>;
  last: number;
  isNew: boolean;
}

const holdMs = Number(process.env.ORDITO_PROOF_HOLD_MS ?? 0);

if (!isMainThread) failTasksOnce();

function failTasksOnce(): void {
  const root = path.dirname(require.resolve('@temporalio/worker/package.json'));
  const { BaseVMWorkflow } = require(path.join(root, 'lib', 'workflow', 'vm-shared.js')) as Threads;
  const { activate } = BaseVMWorkflow.prototype;
  const seen = new WeakMap<object, Progress>();
  BaseVMWorkflow.prototype.activate = async function (activation) {
    const completion = await activate.call(this, activation);
    const progress = seen.get(this) ?? { open: new Set(), last: 0, isNew: false };
    seen.set(this, progress);
    follow(progress, activation, completion);
    const isEnd = completion.successful && !activation.isReplaying && progress.open.size === 0;
    if (!isEnd || !progress.isNew) return completion;
    progress.isNew = false;
    const { runId } = completion;
    if (!isFirst(`${runId}-${progress.last}`)) return completion;
    if (holdMs > 0) return sleep(holdMs, completion);
    const failure = { message: onceMore, applicationFailureInfo: {} };
    return { runId, failed: { failure } };
  };
}

function follow(progress: Progress, { jobs, isReplaying }: Activation, { successful }: Completion): void {
  for (const { resolveActivity } of jobs ?? [])
    if (resolveActivity && progress.open.delete(resolveActivity.seq!)) {
      progress.last = Math.max(progress.last, resolveActivity.seq!);
      progress.isNew ||= !isReplaying;
    }
  for (const { scheduleLocalActivity } of successful?.commands ?? [])
    if (scheduleLocalActivity) progress.open.add(scheduleLocalActivity.seq!);
}

/** Whichever thread or worker asks. */
function isFirst(name: string): boolean {
  const folder = path.join(process.env.ORDITO_PROOF_HOME!, 'tasks-twice');
  mkdirSync(folder, { recursive: true });
  try {
    mkdirSync(path.join(folder, name));
    return true;
  } catch {
    return false;
  }
}
