import { condition } from '@temporalio/workflow';
import { ledger, money } from '../activities';
import { isAllowedNow, notAllowed } from '../allowed';
import { awaitMoney, endWait } from './awaited-edit';
import { giveBack } from './cancel-lines';
import type { EditAnswer, EditNotMade, EditRequest } from '../messages';
import { sourceAnew } from '../supply/sourcing';
import { isoOf, now } from '../engine/clock';
import type { CancelledPart } from '../fulfillment/parts';
import type { AwaitedEdit, OrderThread } from '../thread';
import { setGivenUp } from '../supply/waiting-counts';
import { followWorkLeft } from '../supply/work-left';

type Decision = EditAnswer | { outcome: 'whole' };

export const areEditsAsked = (thread: OrderThread): boolean => (thread.editsAsked ?? []).length > 0;

/** Asks the order's own thread to change the order; it answers at a place where it knows what it has done so far. */
export async function askForEdit(thread: OrderThread, request: EditRequest): Promise<Decision> {
  if (thread.isCancelled) return notAllowed(thread, 'The order is cancelled');
  if (thread.stage === 'afterSale' || !isAllowedNow(thread, 'edit'))
    return notAllowed(thread, 'Nothing of the order waits for stock or to be packed any more');
  if (request.isCustomer && !isInRemorse(thread))
    return notAllowed(thread, 'The time in which the customer may change the order is over');
  const answers = (thread.editAnswers ??= {});
  const asked = (thread.editsAsked ??= []);
  if (!asked.some(({ key }) => key === request.key)) asked.push(request);
  const isOver = (): boolean => ['afterSale', 'ended'].includes(thread.stage) || thread.isCancelled;
  await condition(() => answers[request.key] !== undefined || isOver());
  thread.editsAsked = thread.editsAsked.filter(({ key }) => key !== request.key);
  const answer = answers[request.key];
  delete answers[request.key];
  return answer ?? notAllowed(thread, 'The order has ended');
}

const isInRemorse = ({ remorseUntil }: OrderThread): boolean =>
  remorseUntil !== undefined && Date.now() < remorseUntil;

/** Answers every edit that is asked for, one after the other; a step under way takes effect or does not first. */
export async function decideEdits(thread: OrderThread): Promise<void> {
  for (;;) {
    const request = thread.editsAsked?.[0];
    if (!request) return;
    await condition(() => thread.parts.every((part) => !part.isBusy));
    const answer = await decide(thread, request);
    thread.editsAsked = thread.editsAsked?.filter(({ key }) => key !== request.key);
    // Nobody waits for an answer to what the order asks itself.
    if (!request.due) (thread.editAnswers ??= {})[request.key] = answer;
  }
}

async function decide(thread: OrderThread, request: EditRequest): Promise<Decision> {
  const { awaitedEdit } = thread;
  if (request.due) return awaitedEdit ? endAwaited(thread, awaitedEdit, request) : { outcome: 'done' };
  if (awaitedEdit?.request.key === request.key) return { outcome: 'done' };
  if (awaitedEdit)
    return notAllowed(
      thread,
      'A change of the order waits for its money: let it come in, or take the change back',
    );
  const until = Date.now() + thread.settings.transferWithinMs;
  const prepared = await prepare(thread, request, { until: isoOf(until) });
  if (prepared.outcome !== 'awaiting') return make(thread, request, prepared);
  await awaitMoney(thread, request, prepared.paymentId, until);
  return { outcome: 'done' };
}

type Prepared = Awaited<ReturnType<typeof ledger.prepareEdit>>;

const prepare = (
  { orderId }: OrderThread,
  { isCustomer: _, due: __, ...asked }: EditRequest,
  about: { until: string } | { isPaid: true },
): Promise<Prepared> => ledger.prepareEdit({ orderId, ...asked, ...about, at: now() });

/** More money is asked for first: when it is refused, nothing has changed. */
async function make(
  thread: OrderThread,
  request: EditRequest,
  prepared: Exclude<Prepared, { outcome: 'awaiting' }>,
): Promise<Decision> {
  const { orderId, number } = thread;
  if (prepared.outcome === 'refused') return notAllowed(thread, prepared.because);
  if (prepared.outcome === 'inForce') return follow(thread, request, prepared.inForce);
  if (prepared.outcome !== 'ready') return prepared;
  const { paymentId } = prepared;
  if (paymentId !== null) {
    const about = { orderId, orderNumber: number, key: request.key, paymentId, at: now() };
    const paid = await money.authorizeEdit(about);
    if (paid.outcome === 'declined') return paid;
  }
  const applied = await ledger.applyEdit(prepared.apply);
  if (applied.outcome === 'applied') return follow(thread, request, applied);
  if (paymentId !== null) await money.dropEdit({ orderId, paymentId, at: now() });
  return notAllowed(thread, applied.because);
}

/** What an edit waited for is there, and it is made if it still can be; or it will not come, and the order stays as it was. */
async function endAwaited(
  thread: OrderThread,
  awaited: AwaitedEdit,
  { due, actor }: Pick<EditRequest, 'due' | 'actor'>,
): Promise<Decision> {
  if (due !== 'paid') return giveUpAwaited(thread, awaited, { outcome: due!, actor });
  const prepared = await prepare(thread, awaited.request, { isPaid: true });
  if (prepared.outcome === 'awaiting') throw new Error(`${thread.orderId} waits twice for one edit`);
  const answer = await make(thread, awaited.request, prepared);
  if (answer.outcome !== 'done') {
    const because = answer.outcome === 'notAllowed' ? answer.because : 'It does not fit the order any more';
    return giveUpAwaited(thread, awaited, { outcome: 'overtaken', because, actor: 'system' });
  }
  await endWait(thread, awaited);
  return answer;
}

/** What was paid for it goes back. */
async function giveUpAwaited(
  thread: OrderThread,
  awaited: AwaitedEdit,
  end: { outcome: EditNotMade | 'overtaken'; because?: string; actor: string },
): Promise<Decision> {
  const { key } = awaited.request;
  const by = end.outcome === 'withdrawn' ? end.actor : 'system';
  const ended = await ledger.endAwaitedEdit({ orderId: thread.orderId, key, ...end, actor: by, at: now() });
  if (ended.outcome === 'paid') return endAwaited(thread, awaited, { due: 'paid', actor: 'system' });
  await endWait(thread, awaited);
  if (ended.received > 0) {
    const about = { key: `notMade:${key}`, lines: [], reason: 'editNotMade', isReplaced: true as const };
    await giveMoneyBack(thread, about);
  }
  return { outcome: 'done' };
}

/** Nothing of the order is left to be changed. */
export async function dropAwaitedEdit(thread: OrderThread): Promise<void> {
  const { awaitedEdit } = thread;
  if (!awaitedEdit) return;
  const because = 'Nothing of the order was left to be changed';
  await giveUpAwaited(thread, awaitedEdit, { outcome: 'overtaken', because, actor: 'system' });
  thread.editsAsked = thread.editsAsked?.filter(({ key }) => key !== awaitedEdit.request.key);
}

type InForce = Extract<Awaited<ReturnType<typeof ledger.applyEdit>>, { outcome: 'applied' }>;

/** It is in force: what follows from it happens, whatever it takes. */
async function follow(thread: OrderThread, request: EditRequest, inForce: InForce): Promise<Decision> {
  const { workLeft, toSource, paid, givenUpPieces, givenUpByPlace } = inForce;
  setGivenUp(thread, givenUpPieces, givenUpByPlace);
  if (workLeft.length > 0) thread.hasGivenUp = true;
  followWorkLeft(thread, workLeft);
  thread.receivedPayments.push(...paid);
  const { toLocationId } = request.edit.delivery ?? {};
  if (thread.toLocationId !== undefined && toLocationId !== undefined) thread.toLocationId = toLocationId;
  if (!thread.isConfirmed) thread.isEditedEarly = true;
  if (thread.round > 0 && toSource.length > 0) await sourceAnew(thread, toSource);
  await settle(thread, request);
  return { outcome: 'done' };
}

async function settle(thread: OrderThread, { key, reason = '' }: EditRequest): Promise<void> {
  if (thread.round === 0) return;
  await giveMoneyBack(thread, { key, lines: [], reason, isEdit: true });
}

/** Money that is too much goes back beside the work; before that began there is nothing beside. */
async function giveMoneyBack(
  thread: OrderThread,
  about: Omit<CancelledPart, 'stage' | 'attempt' | 'isBusy'>,
): Promise<void> {
  const part: CancelledPart = { ...about, stage: 'toGiveBack', attempt: 1, isBusy: false };
  const parts = (thread.cancelledParts ??= []);
  if (parts.some(({ key }) => key === part.key)) return;
  parts.push(part);
  if (thread.stage === 'begin') await giveBack(thread, part);
}
