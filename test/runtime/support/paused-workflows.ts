import { condition, defineSignal, proxyLocalActivities, setHandler } from '@temporalio/workflow';

const { tell } = proxyLocalActivities<{ tell(who: string): Promise<string> }>({ startToCloseTimeout: '5s' });

/** Longer than Temporal's SDK lets a workflow compute by default. */
const pauseMs = 5_500;

/** The machine stands still in the middle of what it computes, as when it is stopped with SIGSTOP. */
export async function paused(): Promise<string> {
  const told = Promise.resolve().then(() => tell('paused'));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  return told;
}

export const goOn = defineSignal('goOn');

/** Shares its sandbox. */
export async function beside(): Promise<string> {
  let isTold = false;
  setHandler(goOn, () => void (isTold = true));
  await condition(() => isTold);
  return tell('beside');
}
