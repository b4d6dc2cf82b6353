import { activityInfo } from '@temporalio/activity';
import type { ActivityDependencies } from './dependencies';
import { aroundEach, type Step } from './each-step';

/** From this attempt on a step that keeps failing is shown to people; before, it is most likely a hiccup. */
const shownFrom = 3;

/**
 * Lets people see what is tried again and again: an order whose provider or carrier is out of reach says so in
 * what it waits for, until the step succeeds.
 */
export function showTroubles<Steps extends Record<string, Step>>(
  { store }: Pick<ActivityDependencies, 'store'>,
  steps: Steps,
): Steps {
  return aroundEach(steps, (step, name) => withTroubles(store, name, step));
}

function withTroubles(store: ActivityDependencies['store'], name: string, step: Step): Step {
  return async (input: { orderId: string; at: string }) => {
    const { attempt } = activityInfo();
    const key = `trouble:${name}`;
    try {
      const answer = await step(input as never);
      if (attempt >= shownFrom) await store.recordStep({ ...about(input), waitsOver: [key] });
      return answer;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (attempt >= shownFrom)
        await store.recordStep({
          ...about(input),
          waits: [
            {
              key,
              what: `${name} to succeed: ${message}`,
              until: input.at,
              then: 'it is tried again by itself',
            },
          ],
        });
      throw error;
    }
  };
}

const about = ({ orderId, at }: { orderId: string; at: string }) => ({ orderId, at });
