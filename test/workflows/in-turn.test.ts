import { randomUUID } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { waitUntil } from '../../runtime/dev/wait-until';
import { installRuntime } from '../../runtime/worker';
import { bundleOptions } from '../../runtime/workflow-bundle';
import { testTemporalAddress } from '../support/database';
import { newsSignal, type News, type sideBySide, type Steps } from './support/side-by-side';

const kinds = ['signal', 'timer', 'activity'] as const;
const none = () => Promise.resolve();
const begun = new Set<string>();
/** A task may time out, and the step be done again: all of them end. */
let endSlow: () => void;
const isOver = new Promise<void>((resolve) => (endSlow = resolve));
const activities: Steps = {
  slow() {
    begun.add(activityInfo().workflowExecution!.workflowId);
    return isOver;
  },
  ...{ afterSlow: none, elsewhere: none, afterNews: none },
};

const taskQueue = `in-turn-${randomUUID()}`;
let workflowBundle: WorkflowBundle;
let connection: Connection;
let handles: Map<News, WorkflowHandle<typeof sideBySide>>;

beforeAll(async () => {
  installRuntime({ logLevel: 'silent' } as Parameters<typeof installRuntime>[0]);
  workflowBundle = await bundleWorkflowCode(bundleOptions(require.resolve('./support/side-by-side')));
  connection = await Connection.connect({ address: testTemporalAddress() });
  const native = await NativeConnection.connect({ address: testTemporalAddress() });
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle, activities });
  await worker.runUntil(playAll);
  await native.close();
}, 60_000);
afterAll(() => connection?.close());

/** All of them at once: their local step ends when each has heard its news. */
async function playAll(): Promise<void> {
  handles = new Map(await Promise.all(kinds.map(async (news) => [news, await begin(news)] as const)));
  const all = [...handles];
  await waitUntil(() => begun.size === kinds.length, 30_000);
  await Promise.all(all.map(([news, handle]) => tell[news](handle)));
  const areHeard = async () =>
    (await Promise.all(all.map(([news, handle]) => isHeard(handle, news)))).every(Boolean);
  await waitUntil(areHeard, 30_000, 200);
  endSlow();
  await Promise.all(all.map(([, handle]) => handle.result()));
}

const begin = (news: News): Promise<WorkflowHandle<typeof sideBySide>> =>
  new Client({ connection }).workflow.start<typeof sideBySide>('sideBySide', {
    workflowId: `in-turn-${news}-${randomUUID()}`,
    ...{ taskQueue, args: [news], memo: { takesTurns: true, hearsInTurn: true } },
    // When most of it is over the worker begins another, and hears of news while the step goes on.
    workflowTaskTimeout: '3s',
  });

const tell: Record<News, (handle: WorkflowHandle<typeof sideBySide>) => Promise<unknown>> = {
  signal: (handle) => handle.signal(newsSignal),
  timer: none,
  activity: none,
};

const eventOf = {
  signal: 'workflowExecutionSignaledEventAttributes',
  timer: 'timerFiredEventAttributes',
  activity: 'activityTaskCompletedEventAttributes',
} as const;

/** True when the task that came with it is over: what followed of it at once has begun. */
async function isHeard(handle: WorkflowHandle, news: News): Promise<boolean> {
  const { events } = await handle.fetchHistory();
  const since = events?.findIndex((event) => event[eventOf[news]]) ?? -1;
  return since >= 0 && events!.slice(since + 1).some((event) => event.workflowTaskCompletedEventAttributes);
}

test.each(kinds)(
  'what came while a local step took long happens in the same order when it is replayed: %s',
  async (news) => {
    const handle = handles.get(news)!;
    const history = await handle.fetchHistory();
    // It came while the step was under way: else there is nothing to prove.
    const at = (is: (event: NonNullable<typeof history.events>[number]) => unknown) =>
      history.events!.findIndex(is);
    const came = at((event) => event[eventOf[news]]);
    expect(came).toBeGreaterThan(0);
    expect(came).toBeLessThan(at((event) => event.markerRecordedEventAttributes));
    await Worker.runReplayHistory({ workflowBundle }, history, handle.workflowId);
  },
);
