import { z } from 'zod';
import { listOf, paging } from './list';
import { accountMoney, accountPayment, currency, money, moneyOut } from './money';
import { channelCode, instant, line, reference, sku } from './text';

const code = reference(50);

export const priceListParams = z.strictObject({ code });
const listPrice = z
  .strictObject({
    sku,
    price: money,
    validFrom: instant.optional(),
    validUntil: instant.optional().meta({ description: 'From then on it holds no more' }),
  })
  .refine(({ validFrom, validUntil }) => isSpan(validFrom, validUntil), {
    path: ['validUntil'],
    message: 'Must be later than validFrom',
  });
const isSpan = (from?: string, until?: string): boolean =>
  from === undefined || until === undefined || Date.parse(from) < Date.parse(until);

type ListPrice = z.output<typeof listPrice>;

export const priceListBody = z
  .strictObject({ name: line(), currency, prices: z.array(listPrice).max(10_000) })
  .superRefine(({ currency: own, prices }, context) => {
    const refuse = (index: number, field: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['prices', index, field], message });
    const seen = new Set<string>();
    prices.forEach((each, index) => {
      if (each.price.currency !== own) refuse(index, 'price', `The list is in ${own}`);
      const key = nameOf(each);
      if (seen.has(key)) refuse(index, 'sku', `"${each.sku}" has two prices from the same instant on`);
      seen.add(key);
    });
  })
  .meta({ id: 'PriceListInput' });
type Named = Pick<ListPrice, 'sku' | 'validFrom'>;
const nameOf = ({ sku: of, validFrom }: Named): string =>
  `${validFrom === undefined ? '' : Date.parse(validFrom)} ${of}`;
export type PriceListBody = z.output<typeof priceListBody>;

const change = z.array(listPrice).max(1000).default([]);
export const priceChangeBody = z
  .strictObject({
    set: change.meta({
      description: 'Prices to be added, or to stand for those that begin at the same instant',
    }),
    remove: z
      .array(z.strictObject({ sku, validFrom: instant.optional() }))
      .max(1000)
      .default([])
      .meta({ description: 'Prices to be taken out, each named by the instant from which it holds' }),
  })
  .superRefine(({ set, remove }, context) => {
    const seen = new Set<string>();
    const look = (field: string, index: number, price: Named): void => {
      const message = `"${price.sku}" is named twice from the same instant on`;
      if (seen.has(nameOf(price))) context.addIssue({ code: 'custom', path: [field, index, 'sku'], message });
      seen.add(nameOf(price));
    };
    set.forEach((price, index) => look('set', index, price));
    remove.forEach((price, index) => look('remove', index, price));
  })
  .meta({ id: 'PriceChange' });
export type PriceChangeBody = z.output<typeof priceChangeBody>;

export const pricesQuery = z.strictObject({
  ...paging,
  q: line().optional().meta({ description: 'Any part of SKU, title or GTIN' }),
});
export type PricesQuery = z.output<typeof pricesQuery>;

export const priceListOut = z
  .object({ code: z.string(), name: z.string(), currency: z.string(), updatedAt: z.string() })
  .meta({ id: 'PriceList' });
export const priceListList = listOf(priceListOut);
export const listPriceList = listOf(
  z
    .object({
      sku: z.string(),
      price: moneyOut,
      validFrom: z.string().optional(),
      validUntil: z.string().optional(),
    })
    .meta({ id: 'ListPrice' }),
);

export const accountParams = z.strictObject({ code });
export const accountBody = z
  .strictObject({
    channel: channelCode.meta({ description: 'Orders of this channel alone may name the account' }),
    name: line(),
    creditLimit: accountMoney.meta({
      description: 'What may be owed and ordered at most; its currency is for good',
    }),
    priceList: code.optional().meta({ description: 'Orders that name the account go by these prices' }),
  })
  .meta({ id: 'AccountInput' });
export type AccountBody = z.output<typeof accountBody>;

export const accountOut = z
  .object({
    code: z.string(),
    channel: z.string(),
    name: z.string(),
    priceList: z.string().nullable(),
    creditLimit: moneyOut,
    owed: moneyOut.meta({ description: 'For what has left; below zero when more was paid than was got' }),
    held: moneyOut.meta({ description: 'For orders that have not left' }),
    available: moneyOut.meta({ description: 'What can still be ordered' }),
  })
  .meta({ id: 'Account' });
export const accountList = listOf(accountOut);
export const accountsQuery = z.strictObject({ ...paging, channel: channelCode.optional() });

export const accountPaymentBody = z
  .strictObject({
    amount: accountPayment,
    reference: reference().meta({ description: "The bank's own: the same reference is the same money" }),
    receivedAt: instant.optional(),
  })
  .meta({ id: 'AccountPaymentInput' });
export type AccountPaymentBody = z.output<typeof accountPaymentBody>;

export const accountEntryList = listOf(
  z
    .object({
      id: z.int(),
      cause: z.string().meta({ description: 'hold, release, capture, refund or payment' }),
      owed: moneyOut.meta({ description: 'By how much what is owed changed' }),
      held: moneyOut,
      orderId: z.string().nullable(),
      reference: z.string().nullable(),
      actor: z.string(),
      at: z.string(),
    })
    .meta({ id: 'AccountEntry' }),
);
