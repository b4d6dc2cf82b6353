import { planTakingOut } from '../../domain/order/cancel-pieces';
import { destinationsInUse } from '../../domain/order/destination';
import { editOrder } from '../../domain/order/edit';
import type { EditPreview } from '../../domain/order/edit-preview';
import type { EditedOrder, EditRefusal } from '../../domain/order/order-edit';
import type { PlacedOrder } from '../../domain/order/types';
import type { MoneyOfEdit } from '../../domain/payment/edited-money';
import type { Store } from '../../store';
import type { ApplyEditInput, SourcedPieces } from '../../store/order/apply-edit';
import type { EditFacts } from '../../store/order/read-edit-facts';
import {
  demandOf,
  emptiedBy,
  ownOf,
  piecesOf,
  summed,
  summedQueue,
  summedWork,
  workOfPieces,
} from './edit-pieces';
import { promiseWith, type PromiseChange } from './edit-promise';
import { whyNot, whyNotElsewhere } from './edit-refusal';
import { addedPieces, relocate, type Relocation } from './edit-relocation';
import type { EditRequest } from './edit-request';
import { moneyOfEdit } from './money-of-edit';
import { createRefusedPickups } from './refused-pickups';
import { createForetellSourcing, type ForetellStore, type Foretold } from '../sourcing/foretell-sourcing';

/** A preview with all that puts it into force. */
export interface EditPlan extends EditPreview {
  apply: ApplyEditInput;
}

type PlanStore = ForetellStore & Pick<Store, 'readEditFacts' | 'readPromiseFacts'>;

/** Plans edits of orders, for whoever only wants to know and for the order itself. */
export function createEditPlans(store: PlanStore) {
  const foretell = createForetellSourcing(store);
  const refusedPickups = createRefusedPickups(foretell);

  async function promised(order: PlacedOrder, change: PromiseChange, foretold: Foretold, at: string) {
    const facts = await store.readPromiseFacts({ orderId: order.id, at });
    return facts ? promiseWith(order, facts, change, foretold, at) : null;
  }

  return async function planEdit(request: EditRequest): Promise<EditPlan | EditRefusal> {
    const { orderId, at } = request;
    const facts = await store.readEditFacts(orderId);
    if (!facts) throw new Error(`Order ${orderId} is not recorded`);
    const drafted = draftOf(request, facts);
    if (drafted.outcome !== 'drafted') return drafted;
    const { edited, money, out } = drafted;
    const moved = await relocate(foretell, facts, edited, out, at);
    const { away, requeued } = moved;
    const toSource = facts.isSourced
      ? summed([...addedPieces(facts, edited, out), ...away.flatMap(({ lines }) => lines), ...requeued])
      : [];
    const order = { ...edited.order, tenders: money.tenders };
    const apply = applyOf(request, facts, { ...drafted, order, moved, toSource });
    const lines = demandOf(order, facts, toSource);
    const own = [...ownOf(facts, away), ...ownOf(facts, workOfPieces(facts.work, out.fromWork))];
    const foretold = lines.length > 0 ? await foretell({ order, lines, own, at }) : null;
    const problems = await refusedPickups({ edit: request.edit, facts, edited, out, foretold, at });
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const change = {
      emptied: emptiedBy(facts.work, apply.takeOut.fromWork),
      requeued: requeued.map(({ lineId }) => lineId),
    };
    return {
      ...{ outcome: 'planned', apply, order, money, changes: edited.changes },
      before: facts.order.total.amount,
      stock: { ...stockOf(foretold), moved: away.map(({ fulfillmentId }) => fulfillmentId) },
      promise: await promised(order, change, foretold ?? noStock, at),
    };
  };
}

/** An edit whose order, money and pieces are known, and not yet where its pieces come from. */
interface Draft {
  outcome: 'drafted';
  edited: EditedOrder;
  money: MoneyOfEdit;
  out: Pick<ApplyEditInput['takeOut'], 'fromQueue' | 'fromWork'>;
}

function draftOf(request: EditRequest, facts: EditFacts): Draft | EditRefusal {
  const refusal = whyNot(request, facts);
  if (refusal) return refusal;
  const edited = editOrder(facts.order, facts.places, request.edit);
  if (edited.outcome !== 'edited') return edited;
  const stays = whyNotElsewhere(facts, edited);
  if (stays) return stays;
  const planned = moneyOfEdit(request, facts, edited);
  if (planned.outcome !== 'planned') return planned;
  const out = facts.isSourced ? planTakingOut(facts.places, edited.fewer) : nothing;
  if (out.outcome === 'refused') return out;
  const { outcome: _, ...money } = planned;
  return { outcome: 'drafted', edited, money, out };
}

function applyOf(
  { orderId, key, actor, reason, at }: EditRequest,
  { version }: EditFacts,
  plan: Draft & { order: PlacedOrder; moved: Relocation; toSource: SourcedPieces[] },
): ApplyEditInput {
  const { edited, money, out, order, moved, toSource } = plan;
  const { away, requeued, services } = moved;
  return {
    ...{ orderId, key, actor, at, version, order },
    ...(reason !== undefined && { reason }),
    ...{ rows: edited.rows, changes: edited.changes, amounts: money.amounts, toSource },
    takeOut: {
      fromQueue: summedQueue([...out.fromQueue, ...requeued]),
      fromWork: summedWork([...out.fromWork, ...away.flatMap(piecesOf)]),
    },
    services,
    searchWords: wordsOf(order),
  };
}

const nothing = { outcome: 'part' as const, fromQueue: [], fromWork: [] };
const noStock = {
  decision: { assignments: [], short: [] },
  parts: [],
  seen: {},
  stores: {},
} as unknown as Foretold;

/** New addresses and goods by which somebody may look for it. */
const wordsOf = (order: PlacedOrder): string[] => [
  ...[order, ...destinationsInUse(order)].map(({ shippingAddress: { name, city, postalCode } }) =>
    [name, city, postalCode].join(' '),
  ),
  ...order.lines.flatMap(({ sku, title }) => [sku, title]),
];

function stockOf(foretold: Foretold | null): Pick<EditPreview['stock'], 'assignments' | 'short'> {
  if (!foretold) return { assignments: [], short: [] };
  const { short, candidates } = foretold.decision;
  const nameOf = (id: string) => candidates.find(({ locationId }) => locationId === id)?.name ?? id;
  return {
    assignments: foretold.parts.flatMap(({ destination, decision }) =>
      decision.assignments.map(({ locationId, lines }) => ({
        ...{ destination, locationId, name: nameOf(locationId), lines },
      })),
    ),
    short: short.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
  };
}
