import type { AskedPieces } from '../../domain/order/cancel-pieces';
import { placeOfLine } from '../../domain/order/destination';
import {
  partWork,
  servicesOfKept,
  workLeftOf,
  workToMove,
  type OpenWork,
  type ServiceOfWork,
} from '../../domain/order/moving-work';
import type { EditedOrder } from '../../domain/order/order-edit';
import type { ApplyEditInput, SourcedPieces } from '../../store/order/apply-edit';
import type { EditFacts } from '../../store/order/read-edit-facts';
import { demandOf, longestWait, ownOf } from './edit-pieces';
import type { createForetellSourcing } from '../sourcing/foretell-sourcing';

/** What an edit takes from where it is, because it goes elsewhere now. */
export interface Relocation {
  /** Work that is taken away from its location. */
  away: OpenWork[];
  /** What waits for stock by a way that it does not go any more; its place in the queue is kept. */
  requeued: (AskedPieces & { backorderId: number; since?: string })[];
  /** Of work that stays. */
  services: ServiceOfWork[];
}

type TakenOut = Pick<ApplyEditInput['takeOut'], 'fromQueue' | 'fromWork'>;

/**
 * Work of lines that go to another place is taken away: a fulfillment has one. Where a place itself is another one, its
 * work is decided anew as if the order's own pieces were free, and stays where that decides the same; what was set aside
 * there for pieces that wait is asked for anew with them.
 */
export async function relocate(
  foretell: ReturnType<typeof createForetellSourcing>,
  facts: EditFacts,
  { order, places: { elsewhere, otherWay, movedLines } }: EditedOrder,
  out: TakenOut,
  at: string,
): Promise<Relocation> {
  const isMoved = (lineId: string): boolean => movedLines.includes(lineId);
  const { meant, rest } = partWork(workLeftOf(facts.work, out.fromWork), isMoved);
  const isRequeued = (lineId: string): boolean =>
    isMoved(lineId) || otherWay.includes(placeOfLine(facts.order, lineId));
  const requeued = waitingOf(facts, isRequeued, out);
  const isWith = withWaiting(facts, requeued);
  const there = rest.filter((part) => elsewhere.includes(part.destination) && !isWith(part));
  const aside = rest.filter((part) => otherWay.includes(part.destination) && isWith(part));
  const lines = demandOf(
    order,
    facts,
    there.flatMap((part) => part.lines),
  );
  const parts =
    there.length > 0 ? (await foretell({ order, lines, own: ownOf(facts, there), at })).parts : [];
  return {
    away: [...meant, ...aside, ...workToMove(there, parts)],
    requeued,
    services: servicesOfKept(there, parts),
  };
}

/** Work that was set aside for what waits to go to the same place: it is decided with that, as one. */
function withWaiting({ work, order }: EditFacts, requeued: readonly AskedPieces[]) {
  const places = requeued.map(({ lineId }) => placeOfLine(order, lineId));
  const aside = work.filter(({ isSetAside, destination }) => isSetAside && places.includes(destination));
  return (part: OpenWork): boolean => aside.some(({ fulfillmentId }) => fulfillmentId === part.fulfillmentId);
}

/** Pieces that are added; such as have waited in another line until now keep their place in the queue. */
export const addedPieces = (
  { places }: EditFacts,
  { more, parted }: EditedOrder,
  { fromQueue }: TakenOut,
): SourcedPieces[] =>
  more.map((piece) => {
    const from = parted.find(({ lineId }) => lineId === piece.lineId)?.from;
    const left = fromQueue.filter(({ lineId }) => lineId === from).map(({ backorderId }) => backorderId);
    const waited = places
      .flatMap(({ waiting }) => waiting)
      .filter(({ backorderId }) => left.includes(backorderId));
    return { ...piece, ...longestWait(waited) };
  });

/** What waits of some lines, without what leaves the queue anyway. */
const waitingOf = (
  { places }: EditFacts,
  isMeant: (lineId: string) => boolean,
  { fromQueue }: TakenOut,
): Relocation['requeued'] =>
  places
    .filter(({ lineId }) => isMeant(lineId))
    .flatMap(({ lineId, waiting }) =>
      waiting.map((each) => {
        const gone = fromQueue.find(({ backorderId }) => backorderId === each.backorderId)?.quantity ?? 0;
        return { lineId, ...each, quantity: each.quantity - gone };
      }),
    )
    .filter(({ quantity }) => quantity > 0);
