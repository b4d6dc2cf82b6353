import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import { deliveredSignal, packedSignal, shippedSignal } from '../../workflows/messages';
import type { activities } from './activities';

const { nothing } = proxyActivities<typeof activities>({ startToCloseTimeout: '20s' });

/** How an order engine is first written: a step is an activity, eight in a row, and one signal in between. */
export async function naive(): Promise<void> {
  let isPacked = false;
  setHandler(packedSignal, () => void (isPacked = true));
  for (let step = 1; step <= 4; step += 1) await nothing();
  await condition(() => isPacked);
  for (let step = 5; step <= 8; step += 1) await nothing();
}

/** The signals of an order that is packed, shipped and delivered, and nothing else: no engine can do less. */
export async function floor(): Promise<void> {
  const heard = { packed: false, shipped: false, delivered: false };
  setHandler(packedSignal, () => void (heard.packed = true));
  setHandler(shippedSignal, () => void (heard.shipped = true));
  setHandler(deliveredSignal, () => void (heard.delivered = true));
  await condition(() => heard.packed);
  await condition(() => heard.shipped);
  await condition(() => heard.delivered);
}
