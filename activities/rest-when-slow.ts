import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { aroundEach, type Step } from './each-step';

/** Longer than a company that is well takes to answer. */
const slowAfterMs = 2_000;
const restMs = 5_000;

/**
 * For steps that reach outside and are tried at once, within the order's own task, before they become activities. A
 * company that does not answer would keep the places in which other orders' steps run: from the first try that is
 * slow, none of that step is made at once for some seconds, and then one alone, until an answer comes quickly again.
 */
export const restWhenSlow = <Steps extends Record<string, Step>>(steps: Steps): Steps =>
  aroundEach(steps, withRest);

function withRest(step: Step): Step {
  let restsUntil = 0;
  return async (input) => {
    if (!activityInfo().isLocal) return step(input);
    if (Date.now() < restsUntil) throw notNow();
    // Whether the company is well again, this try alone finds out.
    if (restsUntil > 0) restsUntil = Date.now() + restMs;
    let isSlow = false;
    // While it is under way: who hangs tells nothing.
    const slow = setTimeout(() => {
      isSlow = true;
      restsUntil = Date.now() + restMs;
    }, slowAfterMs);
    try {
      return await step(input);
    } finally {
      clearTimeout(slow);
      if (!isSlow) restsUntil = 0;
    }
  };
}

/** Nobody's fault, and nothing to log: the step is done as an activity. */
const notNow = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'Not tried at once: such a step was slow just now',
    type: 'notAtOnce',
    nonRetryable: true,
    category: ApplicationFailureCategory.BENIGN,
  });
