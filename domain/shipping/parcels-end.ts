export interface Pieces {
  lineId: string;
  quantity: number;
}

/** A carton of a fulfillment: where it is, and what is in it. */
export interface Parcel {
  status: string;
  lines: readonly Pieces[];
}

/** Where the pieces of a fulfillment ended, when not all of them reached the customer. */
export interface EndedPieces {
  delivered: Pieces[];
  returned: Pieces[];
  lost: Pieces[];
}

export type ParcelsEnd =
  { outcome: 'onTheWay' } | { outcome: 'delivered' } | { outcome: 'undelivered'; pieces: EndedPieces };

/** What the parcels of a fulfillment come to together; before the last of them has ended nothing is decided. */
export function parcelsEnd(parcels: readonly Parcel[]): ParcelsEnd {
  const ended = { delivered: inState(parcels, 'delivered'), returned: inState(parcels, 'returned') };
  const pieces = { ...ended, lost: inState(parcels, 'lost') };
  if (parcels.some(({ status }) => !(status in pieces))) return { outcome: 'onTheWay' };
  const isDelivered = parcels.every(({ status }) => status === 'delivered');
  return isDelivered ? { outcome: 'delivered' } : { outcome: 'undelivered', pieces };
}

function inState(parcels: readonly Parcel[], state: string): Pieces[] {
  const quantities = new Map<string, number>();
  for (const { status, lines } of parcels)
    if (status === state)
      for (const { lineId, quantity } of lines)
        quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity);
  return [...quantities].map(([lineId, quantity]) => ({ lineId, quantity }));
}
