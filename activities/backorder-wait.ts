import type { StepWait } from '../store/story/record-step';

/** What pieces wait for that nobody has; `then`: what follows where they are not given up at the end. */
export const backorderWait = (until: string, isTogether = false, then?: string): StepWait => ({
  key: 'backorder',
  what: isTogether ? 'stock to come in, so that all can leave together' : 'stock to come in',
  until,
  then: then ?? 'the waiting pieces are cancelled and not charged',
});
