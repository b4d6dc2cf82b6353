import { amountOf } from '../amount';

type Form = Readonly<Record<string, string>>;

/** A price as a form or a line of a file has it, to be held against the contract. Days begin at midnight, UTC. */
export const priceOf = ({ sku, price = '', validFrom, validUntil }: Form, currency: string): object => ({
  sku,
  price: amountOf(price, currency),
  ...spanOf({ validFrom, validUntil }),
});

/** What names a price of a list: its SKU, and from when it holds. */
export const nameOf = ({ sku, validFrom }: Form): object => ({ sku, ...spanOf({ validFrom }) });

const spanOf = (dates: Record<string, string | undefined>): object =>
  Object.fromEntries(
    Object.entries(dates).flatMap(([name, text]) => (text ? [[name, instantOf(text)]] : [])),
  );

const instantOf = (text: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);

/** As a field has it: a day where it begins at midnight, else the instant. */
export const momentText = (at: string | undefined): string =>
  at === undefined ? '' : at.replace(/T00:00:00(?:\.000)?Z$/, '');
