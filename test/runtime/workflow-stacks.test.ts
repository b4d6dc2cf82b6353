import { nodeOptions } from '../../runtime/dev/parts';
import { withWorker } from './support/with-worker';

/** What Temporal answers when it is asked in which line a workflow stands, and what the worker says on its console. */
const askWhere = (stackTraces: 'on' | 'off') =>
  withWorker({ nodeOptions, env: { WORKFLOW_STACK_TRACES: stackTraces } }, async (start) => {
    const waiting = await start('beside');
    const answer = await waiting
      .query<string>('__stack_trace')
      .catch((error: unknown) => (error as Error).message);
    await waiting.terminate();
    return answer;
  });

test('Temporal tells by its stack where a workflow waits, where that is asked for', async () => {
  const { result } = await askWhere('on');
  expect(result).toMatch(/beside \(.*paused-workflows\.ts:\d+/);
});

test('and says that it does not know where it is not, while the worker works without a word', async () => {
  const { result, said } = await askWhere('off');
  expect(result).toMatch(/stack traces are not enabled/);
  expect(said).not.toMatch(/promiseHooks/);
});
