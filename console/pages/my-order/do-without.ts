import { nameOfLate, tickedIn, wholeOf } from '../piece-fields';
import type { lateOf, waitingOf } from './customer-rights';

/** Pieces that a customer may do without, and what the form's field of them is named by. */
export interface Dispensable {
  name: string;
  title: string;
  lineId: string;
  /** The work that holds them; of what waits for stock there is none. */
  fulfillmentId?: string;
  quantity: number;
}

export const dispensableWaiting = (waiting: ReturnType<typeof waitingOf>): Dispensable[] =>
  waiting.map((each) => ({ ...each, name: each.lineId }));

export const dispensableLate = (late: ReturnType<typeof lateOf>): Dispensable[] =>
  late.map(({ lineId, fulfillmentId, quantity, title }) => ({
    ...{ lineId, fulfillmentId, quantity, title },
    name: nameOfLate({ lineId, fulfillmentId }),
  }));

/** The same as a form shows them; nothing where there are none. */
export const choiceOf = (field: string, dispensable: readonly Dispensable[]) =>
  dispensable.length > 0 && {
    field,
    pieces: dispensable.map((each) => ({ ...each, isSeveral: each.quantity > 1 })),
    isThereMuch: dispensable.length > 1 || dispensable[0]!.quantity > 1,
  };

/** Pieces as a cancellation names them. */
type Pieces = { lineId: string; quantity: number; fulfillmentId?: string }[];

/**
 * What a form says of them: ticked, and how many pieces in a field of its own, all where there is none. Of what is fewer by now, because some came in or were packed since the page was shown, those
 * that are left. Null where the form makes no sense: nothing is ticked, or a number is none.
 */
export function chosenOf(
  form: Readonly<Record<string, string>>,
  field: string,
  dispensable: readonly Dispensable[],
): Pieces | null {
  const chosen = tickedIn(form, field)
    .map((name) => ({ name, typed: form[`${field}Pieces.${name}`] }))
    .map(({ name, typed }) => ({ name, pieces: typed === undefined ? Infinity : wholeOf(typed) }))
    .filter(({ pieces }) => pieces !== 0);
  const isNumber = (pieces: number) => pieces === Infinity || (Number.isInteger(pieces) && pieces > 0);
  if (chosen.length === 0 || !chosen.every(({ pieces }) => isNumber(pieces))) return null;
  return dispensable.flatMap(({ name, title: _, quantity, ...where }) =>
    chosen
      .filter((each) => each.name === name)
      .map(({ pieces }) => ({ ...where, quantity: Math.min(quantity, pieces) })),
  );
}
