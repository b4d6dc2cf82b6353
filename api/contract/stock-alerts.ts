import { z } from 'zod';
import { stockAlertStates } from '../../domain/stock/stock-alert';
import { listOf, paging } from './list';
import { channelCode, line, ourId, sku } from './text';

export const stockAlertBody = z
  .strictObject({
    sku,
    channel: channelCode,
    email: z.email().max(254),
    locale: line(35)
      .optional()
      .meta({ description: 'BCP 47; decides the language of the mails', examples: ['it'] }),
    quantity: z.int().min(1).max(100_000).default(1).meta({ description: 'Told once so many are there' }),
    productUrl: z
      .url({ protocol: /^https?$/ })
      .max(1000)
      .optional()
      .meta({ description: 'Where it can be bought: the mail leads there' }),
  })
  .meta({ id: 'StockAlertInput' });
export type StockAlertBody = z.output<typeof stockAlertBody>;

export const stockAlertParams = z.strictObject({ id: ourId });

export const stockAlertOut = z
  .object({
    id: z.string(),
    channel: z.string(),
    sku: z.string(),
    title: z.string(),
    email: z.string().nullable().meta({ description: 'Forgotten once it is over' }),
    locale: z.string(),
    quantity: z.int(),
    productUrl: z.string().nullable(),
    status: z.enum(stockAlertStates),
    createdAt: z.string(),
    confirmedAt: z.string().nullable(),
    endedAt: z.string().nullable(),
    expiresAt: z.string(),
  })
  .meta({ id: 'StockAlert' });
export const stockAlertList = listOf(stockAlertOut);
export const stockAlertQuery = z.strictObject({
  ...paging,
  sku: sku.optional(),
  channel: channelCode.optional(),
  status: z.enum(stockAlertStates).optional(),
});
export type StockAlertQuery = z.output<typeof stockAlertQuery>;

export const stockAlertCountQuery = z.strictObject({ ...paging, channel: channelCode.optional() });
export type StockAlertCountQuery = z.output<typeof stockAlertCountQuery>;
export const stockAlertCounts = listOf(
  z
    .object({
      sku: z.string(),
      title: z.string(),
      waiting: z.int().meta({ description: 'Shoppers that will be told' }),
      pieces: z.int().meta({ description: 'That those want together' }),
      unconfirmed: z.int().meta({ description: 'Shoppers that have not said yes yet' }),
      since: z.string().meta({ description: 'When the first of them asked' }),
    })
    .meta({ id: 'StockAlertCount' }),
);
