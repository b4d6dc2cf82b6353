import type { Database } from '../connect';
import { releaseFulfillments } from '../fulfillment/release-fulfillments';
import { waitToPrepare } from '../fulfillment/time-to-act';
import { refreshPaymentStatus, lockMoney } from '../payment/movements';
import { inTransaction } from '../transaction';
import { recordStep, type OrderStep } from '../story/record-step';

/**
 * Shows work to its locations, each with its deadline to act, together with the step of the order that lets them
 * begin: its confirmation, a payment, stock that came in. Twice is once.
 */
export async function releaseWork(
  db: Database,
  input: { step: OrderStep; release: string[] },
): Promise<void> {
  const { orderId, at } = input.step;
  await inTransaction(db, async (trx) => {
    await lockMoney(trx, orderId);
    const work =
      input.release.length > 0 ? await releaseFulfillments(trx, { fulfillmentIds: input.release, at }) : [];
    const { status } = await refreshPaymentStatus(trx, orderId);
    await recordStep(trx, {
      ...input.step,
      paymentStatus: status,
      waits: [...(input.step.waits ?? []), ...work.map(waitToPrepare)],
    });
  });
}
