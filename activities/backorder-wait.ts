import type { StepWait } from '../store/story/record-step';

/** Whether what is there waits for it, and where. */
interface Together {
  isTogether?: true;
  isGathered?: true;
}

/** What pieces wait for that nobody has; `then`: what follows where they are not given up at the end. */
export const backorderWait = (until: string, together: Together, then?: string): StepWait => ({
  key: 'backorder',
  what: `stock to come in${whatFor(together)}`,
  until,
  then: then ?? 'the waiting pieces are cancelled and not charged',
});

function whatFor({ isTogether, isGathered }: Together): string {
  if (isTogether) return ', so that all can leave together';
  return isGathered ? ', so that all can be collected together' : '';
}
