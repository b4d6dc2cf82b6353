export interface LinePieces {
  lineId: string;
  quantity: number;
}

/** Pieces of a line that did not come as they were sent. */
export interface ArrivedPieces {
  lineId: string;
  damaged: number;
  missing: number;
}

export interface PickupArrival {
  /** What the customer can have. */
  good: LinePieces[];
  damaged: LinePieces[];
  /** What the order still needs: the damaged and the missing. */
  short: LinePieces[];
}

/** What of the pieces sent to a store is there for the customer; lines that are not named came whole and good. */
export function planPickupArrival(
  sent: readonly LinePieces[],
  arrived: readonly ArrivedPieces[],
): PickupArrival {
  const lines = sent.map(({ lineId, quantity }) => {
    const { damaged = 0, missing = 0 } = arrived.find((each) => each.lineId === lineId) ?? {};
    return { lineId, good: quantity - damaged - missing, damaged, short: damaged + missing };
  });
  const of = (field: 'good' | 'damaged' | 'short'): LinePieces[] =>
    lines
      .map((line) => ({ lineId: line.lineId, quantity: line[field] }))
      .filter(({ quantity }) => quantity > 0);
  return { good: of('good'), damaged: of('damaged'), short: of('short') };
}
