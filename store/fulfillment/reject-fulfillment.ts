import type { CommandResult, FieldProblem } from '../../domain/commands';
import { rejectionOf, type Rejection } from '../../domain/shipping/rejection';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { releaseAllocations } from '../stock/release';
import { inTransaction } from '../transaction';
import { correctStock } from './correct-stock';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

export interface RejectFulfillment extends FulfillmentCommand {
  /** One of the codes, or free words. */
  reason: string;
  /** What else there is to say to a code. */
  text?: string;
  /** Whose pieces are missing or damaged; needed where the fulfillment has several SKUs. */
  lineIds?: string[];
}

/**
 * A location refuses the work: its stock is given back and the order sources the lines elsewhere. When the reason is
 * the stock itself, that is put right first, so that the next order is not sent there for the same pieces.
 */
export async function rejectFulfillment(db: Database, command: RejectFulfillment): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'reject');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const rejection = rejectionOf(command.reason, command.text);
    const news = fulfillmentNews(fulfillment, 'rejected', { reason: rejection.words });
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [news] };
    const problems = problemsWith(command, rejection, fulfillment);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await trx('fulfillments')
      .where('id', fulfillment.id)
      .update({ status: 'cancelled', reject_reason: rejection.words });
    const { finding, words: reason } = rejection;
    const { actor, at } = command;
    const lineIds = command.lineIds ?? fulfillment.lines.map(({ lineId }) => lineId);
    const told = await releaseAllocations(trx, {
      keys: fulfillment.lines.map((line) => line.allocationKey),
      cause: 'rejection',
      actor,
      at,
      beforeGiving:
        finding === null
          ? undefined
          : () =>
              correctStock(trx, {
                ...{ refusedId: fulfillment.id, finding, reason, actor, at },
                ...{ locationId: fulfillment.locationId, orderId: fulfillment.orderId },
                pieces: fulfillment.lines.filter(({ lineId }) => lineIds.includes(lineId)),
              }),
    });
    await recordStep(trx, {
      orderId: fulfillment.orderId,
      at,
      signals: [news],
      waitsOver: [fulfillment.id],
      events: [eventOf(fulfillment, rejection, lineIds, actor)],
    });
    return { outcome: 'done', value: {}, signals: [news, ...told] };
  });
}

function eventOf(
  { id, locationId, lines }: OpenFulfillment,
  { words, code, finding }: Rejection,
  lineIds: readonly string[],
  actor: string,
) {
  const skus = new Set(lines.filter(({ lineId }) => lineIds.includes(lineId)).map(({ sku }) => sku));
  const corrected = finding === null ? {} : { finding, skus: [...skus] };
  return {
    key: `rejected:${id}`,
    type: 'fulfillmentRejected',
    actor,
    data: { fulfillmentId: id, locationId, reason: words, code, ...corrected },
  };
}

function problemsWith(
  { lineIds }: RejectFulfillment,
  { finding }: Rejection,
  { lines }: OpenFulfillment,
): FieldProblem[] {
  const skus = new Set(lines.map(({ sku }) => sku));
  if (finding !== null && lineIds === undefined && skus.size > 1)
    return [
      {
        pointer: '/lineIds',
        detail: `Say which lines are ${finding}: there are ${skus.size} SKUs`,
        code: 'linesUnnamed',
        about: { finding },
      },
    ];
  return (lineIds ?? []).flatMap((lineId, index) =>
    lines.some((line) => line.lineId === lineId)
      ? []
      : [{ pointer: `/lineIds/${index}`, detail: `The fulfillment has no line "${lineId}"` }],
  );
}
