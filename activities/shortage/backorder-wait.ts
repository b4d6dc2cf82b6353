import { goesToSeveral } from '../../domain/order/destination';
import type { PlacedOrder } from '../../domain/order/types';
import type { StepWait } from '../../store/story/record-step';

/** Whether what is there waits for it, and where. */
interface Together {
  isTogether?: true;
  isCollected?: true;
  isGathered?: true;
}

/** What pieces wait for that nobody has; `then`: what follows where they are not given up at the end. */
export const backorderWait = (
  order: Pick<PlacedOrder, 'lines'>,
  until: string,
  together: Together,
  then?: string,
): StepWait => ({
  key: 'backorder',
  what: `stock to come in${whatFor(together, goesToSeveral(order))}`,
  until,
  then: then ?? 'the waiting pieces are cancelled and not charged',
});

function whatFor({ isTogether, isCollected, isGathered }: Together, isToSeveral: boolean): string {
  if (isTogether || (isCollected && !isToSeveral)) return ', so that all can leave together';
  if (isCollected) return ', so that what goes to one place can leave together';
  return isGathered ? ', so that all can be collected together' : '';
}
