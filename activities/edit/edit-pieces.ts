import type { AskedPieces } from '../../domain/order/cancel-pieces';
import { piecesByLineOf, workLeftOf, type OpenWork } from '../../domain/order/moving-work';
import type { PlacedOrder } from '../../domain/order/types';
import type { SourcedPieces } from '../../store/order/apply-edit';
import type { EditFacts } from '../../store/order/read-edit-facts';
import type { OwnPieces } from '../sourcing/foretell-sourcing';

/** Pieces summed up by line; they have waited as long as the first of them. */
export const summed = (pieces: readonly SourcedPieces[]): SourcedPieces[] =>
  [...piecesByLineOf(pieces)].map(([lineId, quantity]) => ({
    ...{ lineId, quantity },
    ...longestWait(pieces.filter((each) => each.lineId === lineId)),
  }));

/** Since when the first of some pieces has waited; nothing where none has. */
export function longestWait(pieces: readonly { since?: string }[]): { since?: string } {
  const [since] = pieces.flatMap((each) => each.since ?? []).sort();
  return since === undefined ? {} : { since };
}

/** Places in the queue, each once. */
export const summedQueue = (
  pieces: readonly (AskedPieces & { backorderId: number })[],
): (AskedPieces & { backorderId: number })[] =>
  [...new Map(pieces.map(({ backorderId, lineId }) => [backorderId, lineId]))].map(
    ([backorderId, lineId]) => {
      const mine = pieces.filter((each) => each.backorderId === backorderId);
      return { backorderId, lineId, quantity: mine.reduce((sum, { quantity }) => sum + quantity, 0) };
    },
  );

/** Pieces of a fulfillment. */
type WorkPieces = AskedPieces & { fulfillmentId: string };

export function summedWork(pieces: readonly WorkPieces[]): WorkPieces[] {
  const ids = [...new Set(pieces.map(({ fulfillmentId }) => fulfillmentId))];
  return ids.flatMap((fulfillmentId) =>
    summed(pieces.filter((each) => each.fulfillmentId === fulfillmentId)).map((each) => ({
      fulfillmentId,
      ...each,
    })),
  );
}

export const piecesOf = ({ fulfillmentId, lines }: OpenWork): WorkPieces[] =>
  lines.map((line) => ({ fulfillmentId, ...line }));

const skuOf = (order: PlacedOrder, facts: EditFacts, lineId: string): string =>
  order.lines.find(({ id }) => id === lineId)?.sku ??
  facts.places.find((each) => each.lineId === lineId)!.sku;

/** Work with these of its pieces. */
export const workOfPieces = (work: readonly OpenWork[], pieces: readonly WorkPieces[]): OpenWork[] =>
  work.map((part) => ({
    ...part,
    lines: pieces.filter(({ fulfillmentId }) => fulfillmentId === part.fulfillmentId),
  }));

/** Work of which nothing is left without some pieces. */
export function emptiedBy(work: readonly OpenWork[], pieces: readonly WorkPieces[]): string[] {
  const left = workLeftOf(work, pieces);
  return work
    .map(({ fulfillmentId }) => fulfillmentId)
    .filter((id) => !left.some(({ fulfillmentId }) => fulfillmentId === id));
}

export const demandOf = (order: PlacedOrder, facts: EditFacts, pieces: readonly AskedPieces[]) =>
  summed(pieces).map(({ lineId, quantity }) => ({ lineId, quantity, sku: skuOf(order, facts, lineId) }));

export const ownOf = (facts: EditFacts, work: readonly OpenWork[]): OwnPieces[] =>
  work.flatMap(({ locationId, lines }) =>
    lines.map(({ lineId, quantity }) => ({
      locationId,
      quantity,
      sku: facts.places.find((each) => each.lineId === lineId)!.sku,
    })),
  );
