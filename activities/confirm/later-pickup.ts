import type { MailData } from '../../domain/mails';
import type { OrderFacts } from '../../store/order/read-order-facts';
import { storeOf } from './confirmed-order';

interface Waiting {
  backordered: readonly { quantity: number }[];
  isTogether?: true;
  isCollected?: true;
  isGathered?: true;
}

/** What a customer who collects is told of pieces that wait: whether the rest is kept for them, or they come later. */
export function laterPickup(
  facts: Pick<OrderFacts, 'order' | 'stores'>,
  { backordered, isTogether, isCollected, isGathered }: Waiting,
): MailData['backordered']['pickup'] {
  const store = storeOf(facts);
  if (!store) return null;
  const hasRest = piecesOf(facts.order.lines) > piecesOf(backordered);
  const isKept = (isTogether ?? isCollected ?? isGathered) === true;
  return { locationName: store.name, isTogether: hasRest && isKept, isLater: hasRest && !isKept };
}

const piecesOf = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, { quantity }) => sum + quantity, 0);
