import type { FieldProblem } from '../../domain/commands';
import { placeOfLine } from '../../domain/order/destination';
import { workLeftOf } from '../../domain/order/moving-work';
import type { EditedOrder, OrderEdit } from '../../domain/order/order-edit';
import { pickupRefusal } from '../../domain/order/pickup-refusal';
import { piecesWithout } from '../../domain/order/to-store';
import type { PlacedOrder } from '../../domain/order/types';
import { demandBySku } from '../../domain/sourcing/sight';
import type { ApplyEditInput } from '../../store/order/apply-edit';
import type { EditFacts } from '../../store/order/read-edit-facts';
import type { DecidedPart } from '../sourcing/decide-parts';
import { demandOf, ownOf } from './edit-pieces';
import type { createForetellSourcing, Foretold } from '../sourcing/foretell-sourcing';

interface Planned {
  edit: OrderEdit;
  facts: EditFacts;
  edited: EditedOrder;
  out: Pick<ApplyEditInput['takeOut'], 'fromQueue' | 'fromWork'>;
  /** Where pieces would come from that are new or come from elsewhere. */
  foretold: Foretold | null;
  at: string;
}

/** Finds what an edit wants collected at stores that hand over only what they have, and do not have it. */
export function createRefusedPickups(foretell: ReturnType<typeof createForetellSourcing>) {
  /** All of an order that goes elsewhere, or that nobody has chosen locations for yet. */
  async function whole({ facts, edited, out, at }: Planned): Promise<Foretold> {
    const { order, more } = edited;
    const left = workLeftOf(facts.work, out.fromWork);
    const waiting = facts.places.flatMap((line) =>
      line.waiting.map(({ quantity }) => ({ lineId: line.lineId, quantity })),
    );
    const pieces = facts.isSourced
      ? [...more, ...left.flatMap(({ lines }) => lines), ...piecesWithout(waiting, out.fromQueue)]
      : order.lines.map(({ id: lineId, quantity }) => ({ lineId, quantity }));
    return foretell({ order, lines: demandOf(order, facts, pieces), own: ownOf(facts, left), at });
  }

  return async (planned: Planned): Promise<FieldProblem[]> => {
    const { edit, facts, edited, foretold } = planned;
    if (!isCollected(edited.order)) return [];
    const { elsewhere, movedLines } = edited.places;
    if (facts.isSourced && elsewhere.length + movedLines.length === 0)
      return foretold ? problemsOf(foretold, edit) : [];
    // What a cart holds for it need not be there twice.
    if (!facts.isSourced && edited.order.reservationId !== undefined) return [];
    const isMeant = facts.isSourced
      ? (place: string | null) => touchedBy(edited).includes(place)
      : () => true;
    return problemsOf(await whole(planned), edit, isMeant);
  };
}

/** Places that are other ones, or that more goes to. */
const touchedBy = ({ order, more, places: { elsewhere, movedLines } }: EditedOrder): (string | null)[] => [
  ...elsewhere,
  ...[...movedLines, ...more.map(({ lineId }) => lineId)].map((lineId) => placeOfLine(order, lineId)),
];

const isCollected = ({ delivery, destinations = [] }: PlacedOrder): boolean =>
  [delivery, ...destinations.map((each) => each.delivery)].some(({ mode }) => mode === 'pickup');

function problemsOf(
  { parts, stores }: Foretold,
  edit: OrderEdit,
  isMeant: (destination: string | null) => boolean = () => true,
): FieldProblem[] {
  return parts.flatMap((part) => {
    const { destination, mode, pickupLocationId } = part;
    if (mode !== 'pickup' || pickupLocationId === null || stores[pickupLocationId]?.whenShort !== 'refuse')
      return [];
    if (!isMeant(destination)) return [];
    const pointer = pointerOf(edit, destination);
    return pickupRefusal(pointer, pickupLocationId, wantedOf(part, pickupLocationId)) ?? [];
  });
}

function pointerOf({ delivery, destinations = [], move, add }: OrderEdit, place: string | null): string {
  if (place === null && delivery) return '/delivery/locationId';
  const index = destinations.findIndex((each) => each.id === place && each.delivery);
  if (index >= 0) return `/destinations/${index}/delivery/locationId`;
  if (move) return '/move';
  return add ? '/add' : '/lines';
}

function wantedOf({ request, decision }: DecidedPart, storeId: string) {
  const store = request.candidates.find(({ locationId }) => locationId === storeId);
  return demandBySku(decision.demand).map(({ sku, quantity }) => ({
    ...{ sku, wanted: quantity, available: Math.max(0, store?.available[sku] ?? 0) },
  }));
}
