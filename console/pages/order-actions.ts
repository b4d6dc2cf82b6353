import type { Router } from 'express';
import type { OperationId } from '../../api/access';
import { holdBody } from '../../api/contract/holds';
import { acceptOfferBody, refuseOfferBody } from '../../api/contract/offers';
import { duration, durationMs } from '../../api/contract/text';
import { cancelBody, reasonBody, sourceAgainBody, transferBody } from '../../api/contract/order-actions';
import { returnBody } from '../../api/contract/returns';
import { validate } from '../../api/http/validate';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { amountOf } from './amount';
import { orderUrl } from './order/order-url';
import { orderView } from './order/order-view';
import { latePiecesIn, piecesByLine } from './piece-fields';

type Perform = (visit: Visit, orderId: string) => Promise<string>;

const skips: Record<string, string> = { P1D: 'A day', P3D: 'Three days', P15D: 'Fifteen days' };

/** What support does on an order's page. */
export function orderActions(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { offers, orders, returns } = deps.services;
  const on = (path: string, operation: OperationId, perform: Perform): void => {
    router.post(
      `/orders/:id/${path}`,
      desk.action(
        operation,
        async (visit) => ({ notice: await perform(visit, idOf(visit)), ...pageOf(deps, visit) }),
        (visit) => pageOf(deps, visit),
      ),
    );
  };

  on('cancel', 'cancelOrder', async (visit, id) => {
    const { reason } = validate(reasonBody, { reason: visit.form.reason });
    await orders.cancel(visit.principal, id, { reason }, visit.requestKey);
    return 'The order was cancelled.';
  });
  on('cancelLines', 'cancelOrder', async (visit, id) => {
    const lines = [...piecesByLine(visit.form), ...latePiecesIn(visit.form)];
    const body = validate(cancelBody, { reason: visit.form.reason, lines });
    await orders.cancel(visit.principal, id, body, visit.requestKey);
    return 'The pieces were cancelled.';
  });
  on('acceptOffer', 'acceptOffer', async (visit, id) => {
    const body = validate(acceptOfferBody, { sku: visit.form.sku, reason: visit.form.reason });
    await offers.answer(visit.principal, id, visit.form.offerId ?? '', body, visit.requestKey);
    return 'The pieces were replaced.';
  });
  on('refuseOffer', 'refuseOffer', async (visit, id) => {
    const body = validate(refuseOfferBody, { reason: visit.form.reason });
    await offers.answer(visit.principal, id, visit.form.offerId ?? '', body, visit.requestKey);
    return 'The offer was refused.';
  });
  on('withdrawEdit', 'withdrawEdit', async (visit, id) => {
    await deps.services.edits.withdraw(visit.principal, id, visit.requestKey);
    return 'The change was taken back. The order goes on as it was.';
  });
  on('sourceAgain', 'sourceOrderAgain', async (visit, id) => {
    const body = validate(sourceAgainBody, { locationId: visit.form.locationId || undefined });
    await orders.sourceAgain(visit.principal, id, body, visit.requestKey);
    return 'What waited was sourced again.';
  });
  on('askForOffers', 'askForOffers', async (visit, id) => {
    await offers.ask(visit.principal, id, visit.requestKey);
    return 'What there is instead is offered on the customer’s page, and here.';
  });
  on('hold', 'holdOrder', async (visit, id) => {
    const { type, reason, owner, within } = visit.form;
    const until = within && new Date(deps.now().getTime() + durationMs(validate(duration, within)));
    const hold = validate(holdBody, {
      ...{ type, reason },
      ...(owner && { owner }),
      ...(until && { until: until.toISOString() }),
    });
    await orders.hold(visit.principal, id, hold, visit.requestKey);
    return 'The order is on hold. Nobody works on it until it is released.';
  });
  on('release', 'releaseOrder', async (visit, id) => {
    const { holdId } = visit.form;
    const { status } = await orders.release(visit.principal, id, holdId ? { holdId } : {}, visit.requestKey);
    return status === 'onHold'
      ? 'The hold was released. Others still keep the order.'
      : 'The order was released and goes on.';
  });
  on('recordTransfer', 'recordTransfer', async (visit, id) => {
    const { currency } = await orders.find(visit.principal, id);
    const { reference = '', amount = '' } = visit.form;
    const transfer = validate(transferBody, { reference, amount: amountOf(amount, currency) });
    await orders.recordTransfer(visit.principal, id, transfer);
    return 'The bank transfer was recorded.';
  });
  on('requestReturn', 'requestReturn', async (visit, id) => {
    const { reason, mode, refundTo } = visit.form;
    const lines = piecesByLine(visit.form).map((line) => ({ ...line, reason }));
    const body = validate(returnBody, { orderId: id, lines, mode, refundTo });
    await returns.request(visit.principal, body, visit.requestKey);
    return 'The return was opened.';
  });
  if (deps.settings.environment !== 'development') return;
  on('fast-forward', 'fastForward', async (visit, id) => {
    const { duration = '' } = visit.form;
    const skip = Object.hasOwn(skips, duration) ? duration : 'P1D';
    await orders.fastForward(visit.principal, id, durationMs(skip));
    return `${skips[skip]} passed for this order.`;
  });
}

const idOf = (visit: Visit): string => String(visit.req.params.id);

const pageOf = (deps: ConsoleDependencies, visit: Visit) => ({
  url: orderUrl(idOf(visit)),
  view: () => orderView(deps, visit, idOf(visit)),
});
