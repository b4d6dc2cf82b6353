import { z } from 'zod';
import { tenderMethods, tillMeans } from '../../domain/order/types';
import { address, addressOut } from './address';
import { delivery, deliveryOut } from './delivery';
import { destinationEdit, destinationId, destinationsOut } from './destination';
import { listOf } from './list';
import { money, moneyOut } from './money';
import { changeOut } from './order-change';
import { line, ourId, reference, sku } from './text';

const newLine = z.strictObject({
  sku,
  quantity: z.int().min(1).max(100_000),
  unitPrice: money.optional().meta({ description: "The product's own price, unless told" }),
  taxRateBps: z.int().min(0).max(10_000).optional(),
  discount: money.optional().meta({ description: 'For the whole line, not per piece' }),
  title: line(300).optional(),
  destination: destinationId
    .optional()
    .meta({ description: "Where it goes; left out, to the order's own address" }),
});

const move = z.strictObject({
  lineId: ourId,
  destination: destinationId.nullable().meta({ description: "Null: to the order's own address" }),
  quantity: z
    .int()
    .min(1)
    .max(100_000)
    .optional()
    .meta({ description: 'Left out, all of the line; else the pieces become a line of their own' }),
});

const askedTender = z
  .strictObject({
    method: z.enum(tenderMethods),
    token: reference(500).optional().meta({
      description:
        'Of the provider; the code of a gift card; the receipt of a till; none of what is paid on account',
    }),
    instalments: z.int().min(1).max(60).optional(),
    paidBy: z.enum(tillMeans).optional().meta({ description: 'Of a till: what the customer paid with' }),
  })
  .meta({
    id: 'AskedTender',
    description:
      'What more is paid with, where the order comes to more. Left out, a tender of the order is asked; an order that ' +
      'was paid at a till needs the receipt of the rest',
  });

/** Of what an edit may say, that which changes something. */
export const changing = [
  'lines',
  'add',
  'move',
  'destinations',
  'shippingAddress',
  'delivery',
  'shipping',
] as const;

export const editBody = z
  .strictObject({
    reason: line(500).optional(),
    version: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The version that was looked at: refused when there is a newer one' }),
    lines: z
      .array(z.strictObject({ lineId: ourId, quantity: z.int().min(0).max(100_000) }))
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'Pieces that lines are to have; 0 takes one out' }),
    add: z.array(newLine).min(1).max(100).optional(),
    move: z
      .array(move)
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'Lines, or pieces of them, that go to another place of the order than before' }),
    destinations: z
      .array(destinationEdit)
      .min(1)
      .max(100)
      .optional()
      .meta({
        description:
          'Destinations to be changed, or added for lines that `move` or `add` sends there. One that no line goes to any ' +
          'more is dropped',
      }),
    shippingAddress: address.optional().meta({ description: "The order's own" }),
    delivery: delivery.optional().meta({
      description: "By the order's own address; of an internal order the place of ours that it goes to",
    }),
    shipping: z.strictObject({ method: line(100), price: money }).optional(),
    tender: askedTender.optional(),
  })
  .refine(
    (body) => changing.some((part) => body[part] !== undefined),
    `Must change something: ${changing.slice(0, -1).join(', ')} or ${changing.at(-1)}`,
  )
  .meta({ id: 'OrderEditInput' });
export type EditBody = z.output<typeof editBody>;

const pieces = z.object({ lineId: z.string(), sku: z.string(), quantity: z.int() });
const tenderMoney = z.object({ method: z.string(), amount: moneyOut });

export const editPreviewOut = z
  .object({
    version: z
      .int()
      .meta({ description: 'Send it with the edit, and it is refused if the order has changed' }),
    changes: z.array(changeOut),
    total: moneyOut,
    before: moneyOut,
    difference: moneyOut.meta({ description: 'To pay more; below zero: to pay less' }),
    money: z.object({
      authorize: tenderMoney.nullable().meta({ description: 'Asked for before anything changes' }),
      isAwaited: z.boolean().meta({ description: 'It is a bank transfer: the change waits until it came' }),
      refunds: z.array(tenderMoney.extend({ target: z.enum(['tender', 'storeCredit', 'bankTransferBack']) })),
      voids: z.array(tenderMoney).meta({ description: 'Holds that nothing needs any more' }),
      tenders: z.array(tenderMoney).meta({ description: 'What the order would be paid with' }),
    }),
    stock: z.object({
      assignments: z
        .array(
          z.object({
            destination: z.string().nullable(),
            ...{ locationId: z.string(), name: z.string(), lines: z.array(pieces) },
          }),
        )
        .meta({ description: 'Where pieces would come from that are new, or come from elsewhere' }),
      short: z.array(pieces).meta({ description: 'What would wait for stock' }),
      moved: z
        .array(z.string())
        .meta({ description: 'Fulfillments that would be taken from their location' }),
    }),
    promise: z
      .object({
        earliest: z.string().nullable(),
        latest: z.string().nullable(),
        reasons: z.array(z.string()),
      })
      .nullable(),
  })
  .meta({ id: 'OrderEditPreview' });

export const orderVersionList = listOf(
  z
    .object({
      version: z.int(),
      at: z.string(),
      actor: z.string(),
      reason: z.string().nullable(),
      changes: z.array(changeOut),
      order: z.object({
        lines: z.array(
          z.object({
            id: z.string(),
            sku: z.string(),
            title: z.string(),
            quantity: z.int(),
            unitPrice: moneyOut,
            taxRateBps: z.int(),
            discount: moneyOut,
            destination: z.string().nullable(),
          }),
        ),
        shippingAddress: addressOut,
        delivery: deliveryOut,
        destinations: destinationsOut,
        shipping: z.object({ method: z.string(), price: moneyOut }),
        tenders: z.array(tenderMoney),
        total: moneyOut,
      }),
    })
    .meta({ id: 'OrderVersion' }),
);
