import { condition, sleep } from '@temporalio/workflow';
import type { UndeliveredReturn } from '../domain/returns/undelivered';
import { carriers, ledger, money } from './activities';
import type { ReturnAnswer, ReturnRequest } from './messages';
import { isoOf, now, waitUntil } from './engine/clock';
import { returnNewsOf } from './news';
import { deadlineOf, whileBusy, type ReturnPart } from './fulfillment/parts';
import type { OrderThread } from './thread';

const dayMs = 86_400_000;

/** Opens a return for a customer; the goods must be with them and the window open. */
export async function openReturn(thread: OrderThread, request: ReturnRequest): Promise<ReturnAnswer> {
  const known = thread.returns.find(({ returnId }) => returnId === request.returnId);
  if (known) return { outcome: 'done', returnId: request.returnId };
  if (thread.toLocationId !== undefined)
    return {
      outcome: 'notAllowed',
      because: 'The goods are ours: send them back by an order or a transfer',
      allowed: [],
    };
  if (thread.stage === 'ended' || isWindowClosed(thread))
    return { outcome: 'notAllowed', because: 'The return window has closed', allowed: [] };
  const opened = await ledger.openReturn({
    ...request,
    orderId: thread.orderId,
    cause: 'customer',
    until: isoOf(Date.now() + thread.settings.returnWithinMs),
    at: now(),
  });
  if (opened.outcome === 'invalid') return opened;
  beginReturn(thread, { returnId: request.returnId, mode: request.mode });
  return { outcome: 'done', returnId: request.returnId };
}

/** Parcels that never arrived come back as returns by themselves; a lost one is refunded without goods. */
export async function returnUndelivered(thread: OrderThread, undelivered: UndeliveredReturn): Promise<void> {
  const { returnId } = undelivered;
  const mode = undelivered.isLost ? 'keep' : 'store';
  await ledger.openReturn({
    returnId,
    orderId: thread.orderId,
    lines: undelivered.lines.map((line) => ({
      ...line,
      reason: undelivered.isLost ? 'lost' : 'undeliverable',
    })),
    mode,
    refundTo: 'tenders',
    actor: 'system',
    cause: 'undeliverable',
    until: isoOf(Date.now() + thread.settings.returnWithinMs),
    at: now(),
  });
  beginReturn(thread, { returnId, mode });
}

function beginReturn(
  thread: OrderThread,
  { returnId, mode }: { returnId: string; mode: ReturnPart['mode'] },
): void {
  const stage = mode === 'keep' ? 'toRefund' : mode === 'parcel' ? 'toLabel' : 'toReceive';
  thread.returns.push({ returnId, mode, stage, isBusy: false });
}

const isWindowClosed = (thread: OrderThread): boolean =>
  thread.stage === 'afterSale' && Date.now() >= thread.windowUntil;

/** One return, from the label to the money. */
export async function followReturn(thread: OrderThread, part: ReturnPart): Promise<void> {
  const stages = { toLabel: sendLabel, toReceive: receive, toInspect: inspect, toRefund: refund };
  while (part.stage !== 'over') {
    const before = part.stage;
    part.stage = await stages[before](thread, part);
    if (part.stage !== before) delete part.deadline;
  }
}

const stepOf = (thread: OrderThread, part: ReturnPart) => ({
  orderId: thread.orderId,
  returnId: part.returnId,
  at: now(),
});

async function sendLabel(thread: OrderThread, part: ReturnPart): Promise<ReturnPart['stage']> {
  await whileBusy(part, () => carriers.sendReturnLabel(stepOf(thread, part)));
  return 'toReceive';
}

async function receive(thread: OrderThread, part: ReturnPart): Promise<ReturnPart['stage']> {
  const news = returnNewsOf(thread, part.returnId);
  const deadline = deadlineOf(part, thread.settings.returnWithinMs);
  if (await waitUntil(() => Boolean(news.received || news.inspected), deadline)) return 'toInspect';
  const end = await whileBusy(part, () => ledger.expireReturn(stepOf(thread, part)));
  return end.outcome === 'expired' ? 'over' : 'toInspect';
}

async function inspect(thread: OrderThread, part: ReturnPart): Promise<ReturnPart['stage']> {
  const news = returnNewsOf(thread, part.returnId);
  const deadline = deadlineOf(part, thread.settings.inspectWithinMs);
  if (await waitUntil(() => Boolean(news.inspected), deadline)) return 'toRefund';
  delete part.deadline;
  await whileBusy(part, () => remind(thread, part));
  return 'toInspect';
}

/** One refund of an order at a time: each must see what the one before gave back. */
async function refund(thread: OrderThread, part: ReturnPart): Promise<ReturnPart['stage']> {
  await condition(() => !thread.isRefunding);
  thread.isRefunding = true;
  try {
    for (let attempt = 1; ; attempt += 1) {
      const result = await whileBusy(part, () => money.refundReturn({ ...stepOf(thread, part), attempt }));
      if (result.outcome !== 'declined') return 'over';
      await sleep(dayMs);
    }
  } finally {
    thread.isRefunding = false;
  }
}

async function remind(thread: OrderThread, part: ReturnPart): Promise<void> {
  await ledger.recordStep({
    orderId: thread.orderId,
    at: now(),
    events: [
      {
        key: `inspectionLate:${part.returnId}:${Date.now()}`,
        type: 'inspectionLate',
        actor: 'system',
        data: { returnId: part.returnId },
      },
    ],
  });
}
