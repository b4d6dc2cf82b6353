import { ledger } from '../activities';
import { now } from '../engine/clock';
import type { NotSentNews } from '../messages';
import { areTooMany, refusalsOf } from './refusals';
import { isOf, linesOf, type Shortage } from './short-pieces';
import { goOn, sourceUnsent } from './sourcing';
import type { OrderThread } from '../thread';
import { goOnWithoutTransfers } from './transfers';

/** The same news again are no others. */
export function hearNotSent(thread: OrderThread, news: NotSentNews): void {
  const heard = (thread.notSent ??= []);
  if (!heard.some(({ key }) => key === news.key)) heard.push(news);
}

export const hasNotSent = ({ notSent = [] }: OrderThread): boolean => notSent.some(({ isDone }) => !isDone);

/**
 * What does not come is asked of others; where nobody else has it and nothing is on its way, the order goes on without
 * transfers. When too many have refused, a person looks at it.
 */
export async function sendInstead(thread: OrderThread): Promise<void> {
  for (const news of thread.notSent!.filter(({ isDone }) => !isDone)) {
    const shortage = thread.shortages?.find((each) => each.isSent && isAbout(each, news));
    if (shortage) await askOthers(thread, shortage, news);
    news.isDone = true;
  }
}

const isAbout = (shortage: Shortage, { lines }: NotSentNews): boolean =>
  lines.some(({ lineId, round }) => isOf(shortage, lineId, round));

async function askOthers(
  thread: OrderThread,
  shortage: Shortage,
  { key, transferId, lines }: NotSentNews,
): Promise<void> {
  const { orderId } = thread;
  const which = linesOf(shortage);
  if (areTooMany(thread)) {
    const lineIds = lines.map(({ lineId }) => lineId);
    const because = `${refusalsOf(thread)} locations refused it or let it lie`;
    return ledger.askPerson({ orderId, ...which, lineIds, because, at: now() });
  }
  const sent = await ledger.sendInstead({ orderId, transferId, key, ...which, at: now() });
  if (!sent.isUnderWay) return goOnWithoutTransfers(thread, shortage);
  if (!sent.unsent) return;
  shortage.unsent = sent.unsent;
  const { sourced } = await sourceUnsent(thread, shortage);
  await goOn(thread, sourced, true);
}
