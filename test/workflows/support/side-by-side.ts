import {
  condition,
  defineSignal,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';

/** What comes while a local step is under way. */
export type News = 'signal' | 'timer' | 'activity';

type Step = () => Promise<void>;
export interface Steps {
  slow: Step;
  afterSlow: Step;
  elsewhere: Step;
  afterNews: Step;
}

export const newsSignal = defineSignal('news');

const local = proxyLocalActivities<Steps>({ startToCloseTimeout: '30s' });
const patient = proxyActivities<Steps>({ startToCloseTimeout: '30s' });

/** Two routines side by side, as two parcels of an order: one in a slow local step, the other waits for something. */
export async function sideBySide(news: News): Promise<void> {
  let isHeard = false;
  setHandler(newsSignal, () => void (isHeard = true));
  const waits: Record<News, () => Promise<unknown>> = {
    signal: () => condition(() => isHeard),
    timer: () => sleep(1),
    activity: () => patient.elsewhere(),
  };
  const slow = async () => {
    await local.slow();
    await local.afterSlow();
  };
  const waiting = async () => {
    await waits[news]();
    await goOn();
  };
  await Promise.all([slow(), waiting()]);
}

/** Some promises further on, as in a longer story. */
async function goOn(): Promise<void> {
  for (let promise = 1; promise <= 50; promise += 1) await Promise.resolve();
  await local.afterNews();
}
