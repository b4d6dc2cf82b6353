import type { OrderAnswer } from '../../api/services/orders';

/** A whole number as a form sends it. What is no number stays in, so that the contract refuses it by name. */
export const wholeOf = (text = ''): number => (text.trim() === '' ? NaN : Number(text));

/**
 * Pieces by line as forms send them: a field `<name>.<lineId>` each, empty and 0 left out. What is not a
 * number stays in, so that the contract refuses it by name.
 */
export function piecesByLine(
  form: Readonly<Record<string, string>>,
  name = 'pieces',
): { lineId: string; quantity: number }[] {
  const prefix = `${name}.`;
  return Object.entries(form)
    .filter(([field, value]) => field.startsWith(prefix) && value !== '' && value !== '0')
    .map(([field, value]) => ({ lineId: field.slice(prefix.length), quantity: Number(value) }));
}

/** What is ticked of several: a field `<name>.<id>` each. */
export function tickedIn(form: Readonly<Record<string, string>>, name: string): string[] {
  const prefix = `${name}.`;
  return Object.keys(form)
    .filter((field) => field.startsWith(prefix))
    .map((field) => field.slice(prefix.length));
}

/** Pieces of a line that are not cancelled. */
export const activeOf = ({ quantity, byState }: OrderAnswer['lines'][number]): number =>
  quantity - (byState.cancelled ?? 0);
