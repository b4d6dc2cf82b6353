import { editPaymentIdOf } from '../domain/ids';
import { destinationOf, goesToSeveral } from '../domain/order/destination';
import { planTakingOut, type AskedPieces } from '../domain/order/cancel-pieces';
import {
  editOrder,
  type EditPreview,
  type EditRefusal,
  type EditedOrder,
  type OrderEdit,
} from '../domain/order/edit';
import { piecesByLineOf, workLeftOf, workToMove, type OpenWork } from '../domain/order/moving-work';
import { priceOrder } from '../domain/order/totals';
import type { PlacedOrder } from '../domain/order/types';
import { orderWorth } from '../domain/payment/cancelled-money';
import { planEditedMoney, type EditedMoney } from '../domain/payment/edited-money';
import { partPromises, type PromiseFacts, type PromiseWay } from '../domain/promise/part-promise';
import { wholePromise } from '../domain/promise/order-promise';
import type { Store } from '../store';
import type { ApplyEditInput } from '../store/order/apply-edit';
import type { EditFacts } from '../store/order/read-edit-facts';
import {
  createForetellSourcing,
  type ForetellStore,
  type Foretold,
  type OwnPieces,
} from './foretell-sourcing';

export interface EditRequest {
  orderId: string;
  /** Names the request: the same key edits once. */
  key: string;
  edit: OrderEdit;
  /** The version that whoever asks has seen; any, unless told. */
  version?: number;
  reason?: string;
  actor: string;
  at: string;
}

/** A preview with all that puts it into force. */
export interface EditPlan extends EditPreview {
  apply: ApplyEditInput;
}

type PlanStore = ForetellStore & Pick<Store, 'readEditFacts' | 'readPromiseFacts'>;

/** Plans edits of orders, for whoever only wants to know and for the order itself. */
export function createEditPlans(store: PlanStore) {
  const foretell = createForetellSourcing(store);

  /** Work that is decided otherwise now that the order goes elsewhere, as if its own pieces were free. */
  async function moved(facts: EditFacts, edited: EditedOrder, left: OpenWork[], at: string) {
    if (!edited.goesElsewhere || left.length === 0) return [];
    const { order } = edited;
    const lines = demandOf(
      order,
      facts,
      left.flatMap((part) => part.lines),
    );
    const { decision } = await foretell({ order, lines, own: ownOf(facts, left), at });
    return workToMove(left, decision.assignments, order.delivery.mode === 'pickup' ? 'pickup' : 'ship');
  }

  async function promised(order: PlacedOrder, apply: ApplyEditInput, foretold: Foretold | null, at: string) {
    const facts = await store.readPromiseFacts({ orderId: order.id, at });
    return facts && foretold ? promiseWith(order, facts, apply, foretold, at) : null;
  }

  return async function planEdit(request: EditRequest): Promise<EditPlan | EditRefusal> {
    const { orderId, at } = request;
    const facts = await store.readEditFacts(orderId);
    if (!facts) throw new Error(`Order ${orderId} is not recorded`);
    const refusal = whyNot(request, facts);
    if (refusal) return refusal;
    const edited = editOrder(facts.order, facts.places, request.edit);
    if (edited.outcome !== 'edited') return edited;
    const money = moneyOf(request, facts, edited);
    if (money.outcome === 'refused') return money;
    const out = facts.isSourced ? planTakingOut(facts.places, edited.fewer) : nothing;
    if (out.outcome === 'refused') return out;
    const left = workLeftOf(facts.work, out.fromWork);
    const away = await moved(facts, edited, left, at);
    const toSource = facts.isSourced ? summed([...edited.more, ...away.flatMap(({ lines }) => lines)]) : [];
    const { outcome: _, ...moneyOfEdit } = money;
    const order = { ...edited.order, tenders: money.tenders };
    const apply: ApplyEditInput = {
      ...{ orderId, key: request.key, actor: request.actor, at, version: facts.version, order },
      ...(request.reason !== undefined && { reason: request.reason }),
      ...{ rows: edited.rows, changes: edited.changes, amounts: money.amounts, toSource },
      takeOut: {
        fromQueue: out.fromQueue,
        fromWork: summedWork([...out.fromWork, ...away.flatMap(piecesOf)]),
      },
      searchWords: wordsOf(order),
    };
    const lines = demandOf(order, facts, toSource);
    const foretold = lines.length > 0 ? await foretell({ order, lines, own: ownOf(facts, away), at }) : null;
    return {
      ...{
        outcome: 'planned',
        apply,
        order,
        changes: edited.changes,
        before: facts.order.total.amount,
        money: moneyOfEdit,
      },
      stock: { ...stockOf(foretold), moved: away.map(({ fulfillmentId }) => fulfillmentId) },
      promise: await promised(order, apply, foretold ?? noStock, at),
    };
  };
}

const nothing = { outcome: 'part' as const, fromQueue: [], fromWork: [] };
const noStock = { decision: { assignments: [], short: [] }, seen: {} } as unknown as Foretold;

function whyNot({ version, edit }: EditRequest, facts: EditFacts): EditRefusal | null {
  if (['cancelled', 'completed'].includes(facts.status))
    return { outcome: 'refused', because: `The order is ${facts.status}` };
  if (facts.order.delivery.mode === 'carryOut')
    return {
      outcome: 'refused',
      because: 'Its goods were carried out of the store: take them back as a return',
    };
  if (version !== undefined && version !== facts.version)
    return {
      outcome: 'refused',
      because: `The order is at version ${facts.version} by now: look at it again`,
    };
  return edit.shippingAddress || edit.delivery ? whyNotElsewhere(facts, edit) : null;
}

const fixed: Record<string, string> = {
  packed: 'packed for where it was to go',
  readyForPickup: 'ready to be collected',
  withSupplier: 'ordered from a supplier that was told where it goes',
};

function whyNotElsewhere({ places, work, order }: EditFacts, { delivery }: OrderEdit): EditRefusal | null {
  if (goesToSeveral(order))
    return {
      outcome: 'refused',
      because: 'It goes to several places: cancel what is to go elsewhere, and order it',
    };
  if (order.delivery.toLocationId !== undefined)
    return { outcome: 'refused', because: 'It goes to a location of ours: cancel it, and order for another' };
  const states = places.flatMap((line) => line.work.map(({ status }) => status));
  const state = states.find((each) => each in fixed);
  if (state) return { outcome: 'refused', because: `Some of it is ${fixed[state]}` };
  if (states.length > 0 && work.length === 0 && places.every(({ waiting }) => waiting.length === 0))
    return { outcome: 'refused', because: 'All of it has left' };
  const isOther = delivery && delivery.mode !== order.delivery.mode;
  if (isOther && places.some(({ waiting }) => waiting.length > 0))
    return { outcome: 'refused', because: 'Some of it waits for stock by the way that it was to go' };
  return delivery?.mode === 'carryOut'
    ? {
        outcome: 'invalid',
        problems: [{ pointer: '/delivery/mode', detail: 'Only a till carries goods out' }],
      }
    : null;
}

function moneyOf({ orderId, key }: EditRequest, facts: EditFacts, edited: EditedOrder): EditedMoney {
  const { order, rows } = edited;
  const newPaymentId = editPaymentIdOf(orderId, key);
  return planEditedMoney({
    currency: order.currency,
    tenders: facts.order.tenders,
    // An earlier try of the same edit may have prepared it.
    payments: facts.payments.filter(({ id }) => id !== newPaymentId),
    total: order.total.amount,
    worth: orderWorth(rows, priceOrder(order).shipping.gross.amount),
    givenBack: facts.givenBack,
    newPaymentId,
  });
}

const summed = (pieces: readonly AskedPieces[]): AskedPieces[] =>
  [...piecesByLineOf(pieces)].map(([lineId, quantity]) => ({ lineId, quantity }));

type WorkPieces = AskedPieces & { fulfillmentId: string };

function summedWork(pieces: readonly WorkPieces[]): WorkPieces[] {
  const ids = [...new Set(pieces.map(({ fulfillmentId }) => fulfillmentId))];
  return ids.flatMap((fulfillmentId) =>
    summed(pieces.filter((each) => each.fulfillmentId === fulfillmentId)).map((each) => ({
      fulfillmentId,
      ...each,
    })),
  );
}

const piecesOf = ({ fulfillmentId, lines }: OpenWork): WorkPieces[] =>
  lines.map((line) => ({ fulfillmentId, ...line }));

const skuOf = (order: PlacedOrder, facts: EditFacts, lineId: string): string =>
  order.lines.find(({ id }) => id === lineId)?.sku ??
  facts.places.find((each) => each.lineId === lineId)!.sku;

const demandOf = (order: PlacedOrder, facts: EditFacts, pieces: readonly AskedPieces[]) =>
  summed(pieces).map((each) => ({ ...each, sku: skuOf(order, facts, each.lineId) }));

const ownOf = (facts: EditFacts, work: readonly OpenWork[]): OwnPieces[] =>
  work.flatMap(({ locationId, lines }) =>
    lines.map(({ lineId, quantity }) => ({
      locationId,
      quantity,
      sku: facts.places.find((each) => each.lineId === lineId)!.sku,
    })),
  );

/** New addresses and goods by which somebody may look for it. */
const wordsOf = ({ shippingAddress, lines }: PlacedOrder): string[] => [
  [shippingAddress.name, shippingAddress.city, shippingAddress.postalCode].join(' '),
  ...lines.flatMap(({ sku, title }) => [sku, title]),
];

function stockOf(foretold: Foretold | null): Pick<EditPlan['stock'], 'assignments' | 'short'> {
  if (!foretold) return { assignments: [], short: [] };
  const { assignments, short, candidates } = foretold.decision;
  const nameOf = (id: string) => candidates.find(({ locationId }) => locationId === id)?.name ?? id;
  return {
    assignments: assignments.map(({ locationId, lines }) => ({
      locationId,
      name: nameOf(locationId),
      lines,
    })),
    short: short.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  };
}

const wayOf = (order: PlacedOrder): PromiseWay => {
  const { country, postalCode } = destinationOf(order);
  const { delivery, shipping } = order;
  return {
    mode: delivery.mode === 'pickup' ? 'pickup' : 'ship',
    ...{ service: shipping.method, country, postalCode },
    shopCarrier: delivery.parcelShop?.carrier ?? null,
  };
};

/** The promise of an order with work that it does not have yet, and without what it would lose. */
function promiseWith(
  order: PlacedOrder,
  facts: PromiseFacts,
  { takeOut, toSource }: ApplyEditInput,
  { decision, seen }: Foretold,
  at: string,
): EditPlan['promise'] {
  const lost = new Set(toSource.length > 0 ? takeOut.fromWork.map(({ fulfillmentId }) => fulfillmentId) : []);
  const way = wayOf(order);
  const work = decision.assignments.map(({ locationId, service }) => {
    const candidate = seen.candidates.find((each) => each.locationId === locationId)!;
    const calendar = seen.calendars[locationId];
    return {
      fulfillmentId: `new:${locationId}`,
      place: {
        ...{ locationId, name: candidate.name, country: candidate.country },
        actWithinMs: seen.actWithinMs[locationId] ?? 0,
        ...(calendar && { calendar }),
      },
      progress: { stage: 'toPrepare' as const },
      way,
      chosen: service ? { carrier: service.carrier, service: service.service } : null,
    };
  });
  // Of an order that goes to several places only pieces change, and each keeps its way.
  const isOneWay = !goesToSeveral(order);
  const kept = facts.work.filter(({ fulfillmentId }) => !lost.has(fulfillmentId));
  return wholePromise(
    partPromises(
      {
        ...facts,
        work: [...(isOneWay ? kept.map((each) => ({ ...each, way })) : kept), ...work],
        waiting: [
          ...facts.waiting,
          ...decision.short.map(({ sku }) => ({ sku, expectedAt: null, place: null, way })),
        ],
      },
      at,
    ),
  );
}
