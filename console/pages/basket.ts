/** What somebody has put together on a page: pieces by SKU, kept in the address, so that a reload loses nothing. */
export type Basket = ReadonlyMap<string, number>;

const mostLines = 50;
const mostPieces = 9_999;

/** "MOKA:2,CUP%2CRED:1"; what cannot be read is left out. */
export function readBasket(text: string | undefined): Basket {
  const lines = (text ?? '').split(',').slice(0, mostLines);
  return new Map(
    lines.flatMap((line): [string, number][] => {
      const [sku, pieces] = line.split(':');
      const quantity = Number(pieces);
      const isRead = sku !== undefined && sku !== '' && Number.isInteger(quantity) && quantity > 0;
      return isRead ? [[decoded(sku), Math.min(quantity, mostPieces)]] : [];
    }),
  );
}

export const writeBasket = (basket: Basket): string =>
  [...basket].map(([sku, quantity]) => `${encodeURIComponent(sku)}:${quantity}`).join(',');

/** With so many more pieces of a SKU, or fewer; none left is out of it. */
export function withPieces(basket: Basket, sku: string, change: number): Basket {
  const quantity = Math.min(mostPieces, (basket.get(sku) ?? 0) + change);
  const rest = [...basket].filter(([other]) => other !== sku);
  return new Map(quantity > 0 ? [...rest, [sku, quantity]] : rest);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
