import { condition } from '@temporalio/workflow';
import { ledger, money } from './activities';
import { isAllowedNow, notAllowed } from './allowed';
import { giveBack } from './cancel-lines';
import type { EditAnswer, EditRequest } from './messages';
import { sourceAnew } from './sourcing';
import { now } from './clock';
import type { CancelledPart } from './parts';
import type { OrderThread } from './thread';

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
    (thread.editAnswers ??= {})[request.key] = answer;
  }
}

/** More money is asked for first: when it is refused, nothing has changed. */
async function decide(thread: OrderThread, request: EditRequest): Promise<Decision> {
  const { orderId, number } = thread;
  const { isCustomer: _, ...asked } = request;
  const prepared = await ledger.prepareEdit({ orderId, ...asked, at: now() });
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

type InForce = Extract<Awaited<ReturnType<typeof ledger.applyEdit>>, { outcome: 'applied' }>;

/** It is in force: what follows from it happens, whatever it takes. */
async function follow(thread: OrderThread, request: EditRequest, inForce: InForce): Promise<Decision> {
  const { workLeft, toSource, paid, givenUpPieces } = inForce;
  thread.givenUpPieces = givenUpPieces;
  if (workLeft.length > 0) thread.hasGivenUp = true;
  for (const { fulfillmentId, lines } of workLeft) {
    (thread.workLeft ??= {})[fulfillmentId] = lines;
    const part = thread.parts.find((each) => each.fulfillmentId === fulfillmentId);
    if (!part) continue;
    part.lines = lines;
    if (lines.length === 0) part.isTakenBack = true;
  }
  thread.receivedPayments.push(...paid);
  if (!thread.isConfirmed) thread.isEditedEarly = true;
  if (thread.round > 0 && toSource.length > 0) await sourceAnew(thread, toSource);
  await settle(thread, request);
  return { outcome: 'done' };
}

/** Money that is too much goes back beside the work; before that began there is nothing beside. */
async function settle(thread: OrderThread, { key, reason = '' }: EditRequest): Promise<void> {
  if (thread.round === 0) return;
  const about = { key, lines: [], reason, isEdit: true as const };
  const part: CancelledPart = { ...about, stage: 'toGiveBack', attempt: 1, isBusy: false };
  const parts = (thread.cancelledParts ??= []);
  if (parts.some((each) => each.key === key)) return;
  parts.push(part);
  if (thread.stage === 'begin') await giveBack(thread, part);
}
