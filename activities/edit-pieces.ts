import type { AskedPieces } from '../domain/order/cancel-pieces';
import { piecesByLineOf, type OpenWork } from '../domain/order/moving-work';
import type { PlacedOrder } from '../domain/order/types';
import type { EditFacts } from '../store/order/read-edit-facts';
import type { OwnPieces } from './foretell-sourcing';

/** Pieces summed up by line. */
export const summed = (pieces: readonly AskedPieces[]): AskedPieces[] =>
  [...piecesByLineOf(pieces)].map(([lineId, quantity]) => ({ lineId, quantity }));

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

export const demandOf = (order: PlacedOrder, facts: EditFacts, pieces: readonly AskedPieces[]) =>
  summed(pieces).map((each) => ({ ...each, sku: skuOf(order, facts, each.lineId) }));

export const ownOf = (facts: EditFacts, work: readonly OpenWork[]): OwnPieces[] =>
  work.flatMap(({ locationId, lines }) =>
    lines.map(({ lineId, quantity }) => ({
      locationId,
      quantity,
      sku: facts.places.find((each) => each.lineId === lineId)!.sku,
    })),
  );
