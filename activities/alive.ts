import { activityInfo, heartbeat } from '@temporalio/activity';
import { aroundEach, type Step } from './each-step';

/** Most steps are over before the first beat, so that beating costs an ordinary order nothing. */
const beatEveryMs = 3_000;

/**
 * Lets steps that reach outside say that they are still under way: when their worker dies, another begins them
 * anew as soon as the beats fail, and not only when the time for the whole step is up.
 */
export const keepAlive = <Steps extends Record<string, Step>>(steps: Steps): Steps =>
  aroundEach(steps, withBeats);

function withBeats(step: Step): Step {
  return async (input) => {
    const beats = setInterval(beat, beatEveryMs);
    try {
      return await step(input);
    } finally {
      clearInterval(beats);
    }
  };
}

/** A try within the order's own task ends with that task: nobody waits for its beats. */
function beat(): void {
  if (!activityInfo().isLocal) heartbeat();
}
