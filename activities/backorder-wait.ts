import type { StepWait } from '../store/story/record-step';

/** What pieces wait for that nobody has. */
export const backorderWait = (until: string, isTogether = false): StepWait => ({
  key: 'backorder',
  what: isTogether ? 'stock to come in, so that all can leave together' : 'stock to come in',
  until,
  then: 'the waiting pieces are cancelled and not charged',
});
