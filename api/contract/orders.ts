import { z } from 'zod';
import { orderStatuses } from '../../domain/order/states';
import { tenderMethods, tillMeans } from '../../domain/order/types';
import { address } from './address';
import { delivery } from './delivery';
import { destination, destinationId } from './destination';
import { listOf, paging } from './list';
import { currency, money, moneyOut, positiveMoney } from './money';
import { preference } from './preference';
import { channelCode, day, instant, line, locationId, ourId, prose, reference, sku } from './text';

const locale = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$/, 'Must be a language tag such as it-IT')
  .meta({ examples: ['it-IT'] });

const customer = z.strictObject({
  externalId: reference().optional(),
  email: z.email().max(254),
  name: line(),
  phone: line(40).optional(),
  locale: locale.optional(),
  account: reference(50)
    .optional()
    .meta({ description: 'That it orders by: with the prices of its list, and within its limit' }),
  group: reference(50)
    .optional()
    .meta({ description: 'For rules to look at', examples: ['staff'] }),
});

const orderLine = z.strictObject({
  sku,
  quantity: z.int().min(1).max(100_000),
  unitPrice: money.optional().meta({
    description:
      'May be left out of an internal order, and where the account of the customer has a price list',
  }),
  taxRateBps: z.int().min(0).max(10_000).optional(),
  discount: money.optional().meta({ description: 'For the whole line, not per piece' }),
  title: line(300).optional(),
  destination: destinationId.optional().meta({
    description: 'Which of the destinations it goes to; left out, to the shipping address of the order',
  }),
});

const tender = z.strictObject({
  method: z.enum(tenderMethods),
  amount: positiveMoney,
  token: reference(500).optional().meta({
    description:
      'Of the provider; the code of a gift card; the receipt of a till; none of what is paid on account',
  }),
  instalments: z.int().min(1).max(60).optional(),
  paidBy: z.enum(tillMeans).optional().meta({ description: 'Of a till: what the customer paid with' }),
});

const mayBeLeftOut = 'May be left out of what is carried out, and of internal orders';

export const orderBody = z
  .strictObject({
    channel: channelCode,
    externalReference: reference(),
    soldAt: locationId
      .optional()
      .meta({ description: 'The store whose staff sold it; of what is carried out the store it left' }),
    placedAt: instant.optional(),
    currency,
    pricesIncludeTax: z.boolean().default(true),
    customer: customer.optional().meta({ description: mayBeLeftOut }),
    shippingAddress: address.optional().meta({
      description: `${mayBeLeftOut}; and where every line names a destination`,
    }),
    billingAddress: address.optional(),
    lines: z.array(orderLine).min(1).max(500),
    shipping: z
      .strictObject({ method: line(100), price: money })
      .optional()
      .meta({ description: mayBeLeftOut }),
    delivery: delivery.optional().meta({
      description: 'May be left out where every line names a destination',
    }),
    destinations: z
      .array(destination)
      .min(1)
      .max(100)
      .optional()
      .meta({
        description:
          'Several places to go to in one order, each named by the lines that go there. A SKU of which some pieces go ' +
          'here and some there is two lines',
      }),
    // Customers empty their drawers: real orders have been paid with 29 vouchers.
    tenders: z.array(tender).max(50).default([]),
    total: money.optional().meta({ description: 'May be left out of an internal order without money' }),
    note: prose().optional(),
    preference: preference.optional().meta({
      description: 'What the customer chose; the scenario of the sourcing rules says how far it counts',
    }),
    reservationId: reference(100)
      .optional()
      .meta({
        description:
          "Pieces that are held for the cart: they become the order's. One that is over is told in the story, and the " +
          'order goes on without it',
      }),
  })
  .meta({ id: 'OrderInput' });
export type OrderBody = z.output<typeof orderBody>;

/** What a channel that sells hands in: an order with prices. */
export type SaleInput = Whole<z.input<typeof orderBody>>;
type Whole<Body extends { lines: { unitPrice?: unknown }[] }> = Omit<Body, 'lines'> &
  Required<Pick<Body, Extract<keyof Body, 'shipping' | 'total' | 'tenders'>>> & {
    lines: (Body['lines'][number] & Required<Pick<Body['lines'][number], 'unitPrice'>>)[];
  };

export const links = z.record(z.string(), z.string());

/** What a channel is told at once. */
export const orderReceiptOut = z
  .object({
    id: z.string(),
    number: z.string(),
    status: z.enum(orderStatuses),
    decision: z.string().optional().meta({
      description: 'confirmed, backordered, onHold, declined or cancelled; left out while nothing is decided',
    }),
    links,
  })
  .meta({ id: 'OrderReceipt' });

export const orderParams = z.strictObject({ id: ourId });

const moment = z.union([instant, day]);
export const ordersQuery = z.strictObject({
  ...paging,
  q: line().optional().meta({
    description:
      'Any part of number, reference, name, mail address, SKU, tracking number; how a word in them begins, for one or two characters. All words count',
  }),
  status: z.enum(orderStatuses).optional(),
  soldAt: locationId.optional(),
  channel: channelCode.optional(),
  account: reference(50).optional().meta({ description: 'Of a customer who pays later' }),
  from: moment.optional().meta({ description: 'Placed at or after' }),
  to: moment.optional().meta({ description: 'Placed before' }),
});
export type OrdersQuery = z.output<typeof ordersQuery>;

export const orderList = listOf(
  z
    .object({
      id: z.string(),
      number: z.string(),
      channel: z.string(),
      externalReference: z.string(),
      status: z.enum(orderStatuses),
      decision: z.string().nullable(),
      paymentStatus: z.string(),
      customerName: z.string(),
      total: moneyOut,
      placedAt: z.string(),
      waitingFor: z.string().nullable(),
      waitingUntil: z.string().nullable(),
      links,
    })
    .meta({ id: 'OrderSummary' }),
);

export const timelineQuery = z.strictObject({
  ...paging,
  order: z.enum(['oldest', 'newest']).default('oldest').meta({ description: 'Which events come first' }),
});
export const timelineOut = listOf(
  z
    .object({
      id: z.int(),
      type: z.string(),
      at: z.string(),
      actor: z.string(),
      data: z.record(z.string(), z.unknown()),
    })
    .meta({ id: 'OrderEvent' }),
);

export const sourcingOut = listOf(
  z
    .object({
      round: z.int(),
      at: z.string(),
      decision: z.record(z.string(), z.unknown()),
      outcome: z.unknown(),
    })
    .meta({ id: 'SourcingRound' }),
);
