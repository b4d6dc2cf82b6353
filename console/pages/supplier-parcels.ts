import type { Services } from '../../api/services';

export type Work = Awaited<ReturnType<Services['fulfillments']['find']>>;
type Form = Record<string, string>;

/** Most parcels that the page asks for at once. */
const mostParcels = 5;
const numbers = Array.from({ length: mostParcels }, (_, index) => index + 1);

/**
 * What a supplier says to have shipped. One parcel holds everything; of several, each says what is in it. A parcel that
 * is half filled in is one: left out, what it holds would be told of another.
 */
export function parcelsOf(work: Work, form: Form) {
  const last = numbers.findLast((number) => isBegun(work, form, number)) ?? 0;
  const parcels = numbers.slice(0, last);
  return parcels.map((number) => {
    const named = piecesIn(work, form, number);
    return {
      carrier: form[`carrier.${number}`] ?? '',
      trackingNumber: form[`tracking.${number}`] ?? '',
      ...(form[`url.${number}`] && { trackingUrl: form[`url.${number}`] }),
      ...(parcels.length > 1 && named.length > 0 && { lines: named }),
    };
  });
}

const isBegun = (work: Work, form: Form, number: number): boolean =>
  ['carrier', 'tracking', 'url'].some((field) => form[`${field}.${number}`]) ||
  piecesIn(work, form, number).length > 0;

const piecesIn = ({ lines }: Work, form: Form, number: number) =>
  lines
    .map(({ lineId }) => ({ lineId, quantity: Number(form[`pieces.${number}.${lineId}`] ?? 0) }))
    .filter(({ quantity }) => quantity > 0);

/** The fields of as many parcels as are asked for, else of those that were sent, with what was filled in. */
export function parcelFields({ lines }: Work, form: Form = {}) {
  const sent = numbers.findLast((number) => `tracking.${number}` in form) ?? 1;
  const asked = Number(form.parcels ?? sent);
  const count = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), mostParcels) : sent;
  return {
    parcels: numbers.slice(0, count).map((number) => ({
      number,
      carrier: form[`carrier.${number}`],
      tracking: form[`tracking.${number}`],
      url: form[`url.${number}`],
      lines:
        count === 1
          ? []
          : lines.map((line) => ({
              ...line,
              number,
              pieces: form[`pieces.${number}.${line.lineId}`] ?? '0',
            })),
    })),
    more: count < mostParcels ? count + 1 : null,
    fewer: count > 1 ? count - 1 : null,
  };
}
