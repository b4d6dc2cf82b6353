import { planTakingOut, type AskedPieces } from '../domain/order/cancel-pieces';
import { editOrder } from '../domain/order/edit';
import type { EditPreview } from '../domain/order/edit-preview';
import type { EditedOrder, EditRefusal } from '../domain/order/order-edit';
import { workLeftOf, workToMove, type OpenWork } from '../domain/order/moving-work';
import type { PlacedOrder } from '../domain/order/types';
import type { MoneyOfEdit } from '../domain/payment/edited-money';
import type { Store } from '../store';
import type { ApplyEditInput } from '../store/order/apply-edit';
import type { EditFacts } from '../store/order/read-edit-facts';
import { demandOf, ownOf, piecesOf, summed, summedWork } from './edit-pieces';
import { promiseWith } from './edit-promise';
import { whyNot } from './edit-refusal';
import type { EditRequest } from './edit-request';
import { moneyOfEdit } from './money-of-edit';
import { createRefusedPickups } from './refused-pickups';
import { createForetellSourcing, type ForetellStore, type Foretold } from './foretell-sourcing';

/** A preview with all that puts it into force. */
export interface EditPlan extends EditPreview {
  apply: ApplyEditInput;
}

type PlanStore = ForetellStore & Pick<Store, 'readEditFacts' | 'readPromiseFacts'>;

/** Plans edits of orders, for whoever only wants to know and for the order itself. */
export function createEditPlans(store: PlanStore) {
  const foretell = createForetellSourcing(store);
  const refusedPickups = createRefusedPickups(foretell);

  /** Work that is decided otherwise now that the order goes elsewhere, as if its own pieces were free. */
  async function moved(facts: EditFacts, edited: EditedOrder, left: OpenWork[], at: string) {
    if (!edited.goesElsewhere || left.length === 0) return [];
    const { order } = edited;
    const lines = demandOf(
      order,
      facts,
      left.flatMap((part) => part.lines),
    );
    const { parts } = await foretell({ order, lines, own: ownOf(facts, left), at });
    return workToMove(left, parts);
  }

  async function promised(order: PlacedOrder, apply: ApplyEditInput, foretold: Foretold, at: string) {
    const facts = await store.readPromiseFacts({ orderId: order.id, at });
    return facts ? promiseWith(order, facts, apply, foretold, at) : null;
  }

  return async function planEdit(request: EditRequest): Promise<EditPlan | EditRefusal> {
    const { orderId, at } = request;
    const facts = await store.readEditFacts(orderId);
    if (!facts) throw new Error(`Order ${orderId} is not recorded`);
    const drafted = draftOf(request, facts);
    if (drafted.outcome !== 'drafted') return drafted;
    const { edited, money, out } = drafted;
    const away = await moved(facts, edited, workLeftOf(facts.work, out.fromWork), at);
    const toSource = facts.isSourced ? summed([...edited.more, ...away.flatMap(({ lines }) => lines)]) : [];
    const order = { ...edited.order, tenders: money.tenders };
    const apply = applyOf(request, facts, { ...drafted, order, away, toSource });
    const lines = demandOf(order, facts, toSource);
    const foretold = lines.length > 0 ? await foretell({ order, lines, own: ownOf(facts, away), at }) : null;
    const problems = await refusedPickups({ edit: request.edit, facts, edited, out, foretold, at });
    if (problems.length > 0) return { outcome: 'invalid', problems };
    return {
      ...{ outcome: 'planned', apply, order, money, changes: edited.changes },
      before: facts.order.total.amount,
      stock: { ...stockOf(foretold), moved: away.map(({ fulfillmentId }) => fulfillmentId) },
      promise: await promised(order, apply, foretold ?? noStock, at),
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
  plan: Draft & { order: PlacedOrder; away: OpenWork[]; toSource: AskedPieces[] },
): ApplyEditInput {
  const { edited, money, out, order, away, toSource } = plan;
  return {
    ...{ orderId, key, actor, at, version, order },
    ...(reason !== undefined && { reason }),
    ...{ rows: edited.rows, changes: edited.changes, amounts: money.amounts, toSource },
    takeOut: {
      fromQueue: out.fromQueue,
      fromWork: summedWork([...out.fromWork, ...away.flatMap(piecesOf)]),
    },
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
const wordsOf = ({ shippingAddress, lines }: PlacedOrder): string[] => [
  [shippingAddress.name, shippingAddress.city, shippingAddress.postalCode].join(' '),
  ...lines.flatMap(({ sku, title }) => [sku, title]),
];

function stockOf(foretold: Foretold | null): Pick<EditPreview['stock'], 'assignments' | 'short'> {
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
