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

/** What a field of late pieces is named by: the work that holds them, and their line. */
export const nameOfLate = ({ fulfillmentId, lineId }: { fulfillmentId: string; lineId: string }): string =>
  `${fulfillmentId}.${lineId}`;

/** Late pieces as forms send them, each out of the work that holds them. */
export const latePiecesIn = (form: Readonly<Record<string, string>>) =>
  piecesByLine(form, 'late').map(({ lineId: name, quantity }) => {
    const [fulfillmentId = '', lineId = ''] = name.split('.');
    return { fulfillmentId, lineId, quantity };
  });

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
