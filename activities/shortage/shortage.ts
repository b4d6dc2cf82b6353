import { usualAnswerMs, usualOwner } from '../../domain/purchasing/purchase-request';
import type { ActivityDependencies } from '../dependencies';
import { createSendInstead } from './send-instead';

export interface PurchaseAsked {
  orderId: string;
  /** Rounds of sourcing in which pieces were short, and which lines of them; all when left out. */
  rounds: number[];
  lineIds?: string[];
  /** As the rules say. */
  owner?: string;
  withinMs?: number;
  at: string;
}

/** What is done about pieces that nobody has, beside waiting for them. */
export function createShortageActivities(dependencies: ActivityDependencies) {
  const { store, office } = dependencies;

  return {
    /** Purchasing is asked to buy what waits. */
    async requestPurchase(asked: PurchaseAsked): Promise<void> {
      const { owner = usualOwner, withinMs = usualAnswerMs, ...about } = asked;
      const answerBefore = new Date(Date.parse(asked.at) + withinMs).toISOString();
      await store.requestPurchase({ ...about, owner, answerBefore, office });
    },
    /** Locations are asked to send what one of them collects; how many are. */
    requestTransfers: store.requestTransfers,
    ...createSendInstead(dependencies),
    async giveUpTransfers(input: {
      orderId: string;
      rounds: number[];
      lineIds?: string[];
      at: string;
    }): Promise<void> {
      await store.giveUpTransfers(input);
    },
    askPerson: store.askPerson,
    withdrawBackorders: store.withdrawBackorders,
  };
}
