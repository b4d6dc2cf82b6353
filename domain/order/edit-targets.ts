import type { LinePlaces } from './cancel-pieces';
import type { OrderEdit } from './order-edit';

/** Lines by id with the pieces that they are to have. */
export type Targets = ReadonlyMap<string, number>;

/** What lines are to have that the edit names, whichever way it names them. */
export function targetsOf(places: readonly LinePlaces[], { lines = [], cancel = [] }: OrderEdit): Targets {
  const targets = new Map(lines.map(({ lineId, quantity }) => [lineId, quantity]));
  for (const { lineId, quantity } of cancel)
    targets.set(lineId, activeOf(placeOf(places, lineId)) - quantity);
  return targets;
}

/** Pieces that are not cancelled. */
export const activeOf = (line: LinePlaces | undefined): number => (line ? line.quantity - line.cancelled : 0);
export const leftOf = (line: LinePlaces | undefined, target: number | undefined): number =>
  target ?? (line ? activeOf(line) : 1);
export const placeOf = (places: readonly LinePlaces[], id: string) =>
  places.find(({ lineId }) => lineId === id);

export const isChanged = (line: LinePlaces, targets: Targets): boolean =>
  (targets.get(line.lineId) ?? activeOf(line)) !== activeOf(line);

/** Work of these states may still be changed. */
const isOpenWork = (status: string): boolean => ['allocated', 'picking', 'withSupplier'].includes(status);
export const isFrozen = ({ work }: LinePlaces): boolean => work.some(({ status }) => !isOpenWork(status));
export const whyFrozen = ({ sku }: LinePlaces): string =>
  `Pieces of ${sku} are packed or have left: cancel those that have not, or add a line`;
