import type { ParcelStatus } from '../../../../ports/carrier';

/** How a parcel's journey ends. Chosen by whom it goes to, so that a test or a demo can order one. */
export type Life = 'delivered' | 'lost' | 'failed' | 'returned' | 'underWay';

export interface Scan {
  /** Its place in the journey, from 1: part of the event's id. */
  step: number;
  status: ParcelStatus;
  description: string;
}

/** By the end of the recipient's name, in capitals. */
const byName: Record<string, Life> = {
  LOST: 'lost',
  FAILED: 'failed',
  RETURNED: 'returned',
  UNDERWAY: 'underWay',
};
/** By the start of the recipient's postal code; no country has such codes. */
const byPostalCode: Record<string, Life> = { '00001': 'lost', '00002': 'failed', '00003': 'returned' };

export function lifeOf(recipient: { name: string; postalCode: string }): Life {
  const lastWord = recipient.name.trim().split(/\s+/).at(-1) ?? '';
  return byName[lastWord] ?? byPostalCode[recipient.postalCode.slice(0, 5)] ?? 'delivered';
}

const scans: Record<ParcelStatus, string> = {
  inTransit: 'Received in the depot',
  outForDelivery: 'On the van',
  delivered: 'Delivered',
  failed: 'Nobody was at home',
  returned: 'Back with the sender',
  lost: 'Cannot be found',
};
const journeys: Record<Life, ParcelStatus[]> = {
  delivered: ['inTransit', 'outForDelivery', 'delivered'],
  lost: ['inTransit', 'lost'],
  failed: ['inTransit', 'outForDelivery', 'failed'],
  returned: ['inTransit', 'outForDelivery', 'failed', 'returned'],
  // A history that is played again has parcels that were on their way when it was written.
  underWay: ['inTransit'],
};

/** The scans of a parcel's whole journey, in the order in which they happen. */
export const journeyOf = (life: Life): Scan[] =>
  journeys[life].map((status, index) => ({ step: index + 1, status, description: scans[status] }));

/**
 * What a disorderly carrier reports of a journey: of each three parcels one in order, one with every scan
 * twice, one backwards.
 */
export function disordered(scans: readonly Scan[], parcel: number): Scan[] {
  if (parcel % 3 === 1) return scans.flatMap((scan) => [scan, scan]);
  return parcel % 3 === 2 ? [...scans].reverse() : [...scans];
}
