import type { FieldProblem } from '../commands';

/** Pieces of a SKU that are to be collected at a store, and how many of them it has. */
export interface WantedThere {
  sku: string;
  wanted: number;
  available: number;
}

/** Why a store that hands over only what it has lets nobody collect what it lacks; null when it has all of it. */
export function pickupRefusal(
  pointer: string,
  locationId: string,
  pieces: readonly WantedThere[],
): FieldProblem | null {
  const lacking = pieces
    .filter(({ wanted, available }) => available < wanted)
    .map(({ sku, wanted, available }) => `${available} of ${wanted} × "${sku}"`);
  if (lacking.length === 0) return null;
  const detail = `"${locationId}" hands over only what it has, and has ${lacking.join(', ')}: choose another store, or have it delivered`;
  return { pointer, detail };
}
