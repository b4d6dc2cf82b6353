import { money } from '../../domain/money';
import { destinationsInUse } from '../../domain/order/destination';
import type { EditPreview } from '../../domain/order/edit-preview';
import type { EditRefusal, OrderEdit } from '../../domain/order/order-edit';
import type { OrderVersion } from '../../store/read/list-order-versions';
import type { OrderView } from '../../store/read/order-view';
import type { EditAnswer } from '../../workflows/messages';
import { ownLocationOf } from '../access';
import { actorOf, type Principal } from '../authenticate';
import type { EditBody } from '../contract/edits';
import type { ApiDependencies } from '../dependencies';
import { conflict, forbidden, invalidInput, notAllowed, type FieldError } from '../problem';
import { askedTender, tenderProblems } from './asked-tender';
import { createEditedPlaces } from './edited-places';
import { createNewLines } from './new-lines';
import type { OrderReader } from './order-reader';
import type { OrderAnswer } from './orders';

type Find = (principal: Principal, id: string) => Promise<OrderAnswer>;

/** Changes to orders that were placed, and what they would do. */
export function createEdits(deps: ApiDependencies, reader: OrderReader, find: Find) {
  const { store, orders, previewEdit, now } = deps;
  const newLines = createNewLines(deps);
  const places = createEditedPlaces(deps);

  /** The edit with all that is known of its products, or a problem for each place at fault. */
  async function completed(order: OrderView, body: EditBody): Promise<OrderEdit> {
    const { add = [], tender, reason: _, version: __, destinations: ___, delivery, ...edit } = body;
    const problems: FieldError[] = [];
    const lines = await newLines(order, add, problems);
    const to = await places(order, body, problems);
    if (tender) problems.push(...tenderProblems(order, tender));
    if (problems.length > 0) throw invalidInput(problems);
    return {
      ...{ ...edit, ...(delivery && { delivery }), ...(add.length > 0 && { add: lines }), ...to },
      ...(tender && { tender: askedTender(order, tender) }),
    };
  }

  /** A store changes what it sold or ordered itself, and looks at the others; it orders for nobody else. */
  async function readOwn(principal: Principal, id: string, body?: EditBody): Promise<OrderView> {
    const order = await reader.readView(principal, id);
    const own = ownLocationOf(principal);
    const { toLocationId } = order.delivery;
    if (own !== null && own !== (toLocationId ?? order.soldAt))
      throw forbidden(`This key changes orders of "${own}" alone`);
    if (own !== null && toLocationId !== undefined && (body?.delivery?.toLocationId ?? own) !== own)
      throw forbidden(`This key orders for "${own}" alone: another place orders for itself`);
    return order;
  }

  async function ask(
    principal: Principal,
    id: string,
    body: EditBody,
    request: { key: string; isCustomer?: true },
  ): Promise<OrderAnswer> {
    const { reason, version } = body;
    const order = await readOwn(principal, id, body);
    const answer = await orders.edit(order.workflowId, {
      ...request,
      edit: await completed(order, body),
      ...(reason !== undefined && { reason }),
      ...(version !== undefined && { version }),
      actor: actorOf(principal),
    });
    refuse(answer);
    return find(principal, id);
  }

  return {
    /** All of it, or nothing: the order itself decides. */
    edit: (principal: Principal, id: string, body: EditBody, key: string) =>
      ask(principal, id, body, { key }),

    /** By whoever holds the customer's link, while nobody works on the order. */
    editAsCustomer: (principal: Principal, id: string, body: EditBody, key: string) =>
      ask(principal, id, body, { key, isCustomer: true }),

    /** Takes back the change that waits for its money. */
    async withdraw(principal: Principal, id: string, key: string): Promise<OrderAnswer> {
      const { workflowId } = await readOwn(principal, id);
      const answer = await orders.withdrawEdit(workflowId, { key, actor: actorOf(principal) });
      if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
      return find(principal, id);
    },

    async preview(principal: Principal, id: string, body: EditBody, key: string) {
      await reader.readRecorded(principal, id);
      const order = await readOwn(principal, id, body);
      if (!order.allowedActions.includes('edit'))
        throw notAllowed('Nothing of the order can be changed any more', order.allowedActions);
      const { version } = body;
      const about = { orderId: id, key, ...(version !== undefined && { version }) };
      const edit = await completed(order, body);
      const preview = await previewEdit({
        ...about,
        edit,
        actor: actorOf(principal),
        at: now().toISOString(),
      });
      if (preview.outcome !== 'planned') throw problemOf(preview);
      return previewAnswer(order, preview);
    },

    async versions(principal: Principal, id: string) {
      await reader.readRecorded(principal, id);
      return { items: (await store.listOrderVersions(id)).map(versionAnswer) };
    },
  };
}

function refuse(answer: EditAnswer): void {
  if (answer.outcome === 'invalid') throw invalidInput(answer.problems);
  if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
  if (answer.outcome === 'declined')
    throw conflict(
      `The payment of what it costs more was declined, and nothing has changed: ${answer.message}`,
    );
}

function problemOf(refusal: EditRefusal) {
  if (refusal.outcome === 'invalid') return invalidInput(refusal.problems);
  if (refusal.outcome === 'refused') return notAllowed(refusal.because, []);
  return invalidInput([{ pointer: '/lines', detail: 'Nothing would be left: cancel the order' }]);
}

function previewAnswer(
  order: OrderView,
  { order: edited, before, changes, money: moved, stock, promise }: EditPreview,
) {
  const { currency } = order;
  const tender = ({ method, amount }: { method: string; amount: number }) => ({
    method,
    amount: money(amount, currency),
  });
  return {
    ...{ version: order.version, changes, stock, promise, total: edited.total },
    before: money(before, currency),
    difference: money(edited.total.amount - before, currency),
    money: {
      authorize: moved.authorize && tender(moved.authorize),
      isAwaited: moved.authorize?.method === 'bankTransfer',
      refunds: moved.refunds.map((refund) => ({ ...tender(refund), target: refund.target })),
      voids: moved.voids.map(tender),
      tenders: edited.tenders.map(({ method, amount }) => ({ method, amount })),
    },
  };
}

/** What payments were meant for is told, not how they are asked for. */
const versionAnswer = ({ order, ...version }: OrderVersion) => ({
  ...version,
  order: {
    lines: order.lines.map(
      ({ id, sku, title, quantity, unitPrice, taxRateBps, discount, destination = null }) => ({
        ...{ id, sku, title, quantity, unitPrice, taxRateBps, discount, destination },
      }),
    ),
    destinations: destinationsInUse(order),
    ...{ shippingAddress: order.shippingAddress, delivery: order.delivery, shipping: order.shipping },
    tenders: order.tenders.map(({ method, amount }) => ({ method, amount })),
    total: order.total,
  },
});
