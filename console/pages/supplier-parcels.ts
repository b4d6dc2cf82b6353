import type { Services } from '../../api/services';

export type Work = Awaited<ReturnType<Services['fulfillments']['find']>>;
type Form = Record<string, string>;

/** Most parcels that the page asks for at once. */
const mostParcels = 5;
const numbers = Array.from({ length: mostParcels }, (_, index) => index + 1);

/** What a supplier says to have shipped. One parcel holds everything; of several, each says what is in it. */
export function parcelsOf({ lines }: Work, form: Form) {
  const parcels = numbers.filter((number) => form[`tracking.${number}`]);
  return parcels.map((number) => {
    const named = lines
      .map(({ lineId }) => ({ lineId, quantity: Number(form[`pieces.${number}.${lineId}`] ?? 0) }))
      .filter(({ quantity }) => quantity > 0);
    return {
      carrier: form[`carrier.${number}`],
      trackingNumber: form[`tracking.${number}`],
      ...(form[`url.${number}`] && { trackingUrl: form[`url.${number}`] }),
      ...(parcels.length > 1 && named.length > 0 && { lines: named }),
    };
  });
}

/** The fields of as many parcels as are asked for, with what was filled in before it was refused. */
export function parcelFields({ lines }: Work, asked: number, form: Form = {}) {
  const filled = numbers.findLast((number) => `tracking.${number}` in form);
  const wanted = filled ?? (Number.isInteger(asked) ? asked : 1);
  const count = Math.min(Math.max(wanted, 1), mostParcels);
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
  };
}
