import { z } from 'zod';
import { fulfillmentModes } from '../../domain/shipping/fulfillment-actions';
import { fulfillmentStates, orderStatuses } from '../../domain/order/states';
import { tenderMethods } from '../../domain/order/types';
import { addressOut } from './address';
import { deliveryOut } from './delivery';
import { destinationsOut } from './destination';
import { chosenServiceOut, documentSummaryOut, packageOut } from './fulfillments';
import { holdOut } from './holds';
import { moneyOut } from './money';
import { awaitedEditOut } from './order-change';
import { preferenceOut } from './preference';
import { promiseOut } from './promise';
import { returnOut } from './returns';
import { links } from './orders';

const nullableInstant = z.string().nullable();

const promisedSupplyOut = z.object({
  lineId: z.string(),
  sku: z.string(),
  quantity: z.int(),
  expectedAt: z.string(),
  purchaseOrderId: z.string().nullable(),
  reference: z.string().nullable(),
});

export const orderOut = z
  .object({
    id: z.string(),
    number: z.string(),
    channel: z.string(),
    externalReference: z.string(),
    soldAt: z.string().nullable().meta({ description: 'The store whose staff sold it' }),
    workflowId: z.string(),
    version: z.int().meta({ description: 'Counts how often it was changed; 1 as it was placed' }),
    remorseUntil: nullableInstant.meta({ description: 'Until when the customer may change it' }),
    status: z.enum(orderStatuses),
    decision: z.string().nullable(),
    paymentStatus: z.string(),
    currency: z.string(),
    pricesIncludeTax: z.boolean(),
    placedAt: z.string(),
    updatedAt: z.string(),
    customer: z.object({
      externalId: z.string().optional(),
      email: z.string(),
      name: z.string(),
      phone: z.string().optional(),
      locale: z.string().optional(),
      account: z.string().optional(),
      group: z.string().optional(),
    }),
    shippingAddress: addressOut,
    billingAddress: addressOut.nullable(),
    shipping: z.object({ method: z.string(), price: moneyOut }),
    delivery: deliveryOut,
    destinations: destinationsOut,
    total: moneyOut,
    note: z.string().nullable(),
    preference: preferenceOut.nullable().meta({
      description: 'What the customer chose of how it is supplied; rules say how far that counts',
    }),
    lines: z.array(
      z.object({
        id: z.string(),
        sku: z.string(),
        title: z.string(),
        quantity: z.int(),
        destination: z.string().nullable(),
        unitPrice: moneyOut,
        taxRateBps: z.int(),
        discount: moneyOut,
        total: moneyOut,
        byState: z.partialRecord(z.enum(fulfillmentStates), z.int()),
      }),
    ),
    fulfillments: z.array(
      z.object({
        id: z.string(),
        locationId: z.string(),
        destination: z.string().nullable(),
        mode: z.enum(fulfillmentModes),
        pickupLocationId: z.string().nullable(),
        status: z.string(),
        releasedAt: nullableInstant,
        actBefore: nullableInstant,
        pickupCode: z.string().nullable(),
        rejectReason: z.string().nullable(),
        packedAt: nullableInstant,
        shippedAt: nullableInstant,
        arrivedAt: nullableInstant,
        deliveredAt: nullableInstant,
        lines: z.array(z.object({ lineId: z.string(), sku: z.string(), quantity: z.int() })),
        packages: z.array(packageOut),
        service: chosenServiceOut,
        promise: promiseOut.nullable(),
      }),
    ),
    payments: z.array(
      z.object({
        id: z.string(),
        method: z.enum(tenderMethods),
        provider: z.string(),
        status: z.string(),
        amount: moneyOut,
        authorized: moneyOut,
        captured: moneyOut,
        refunded: moneyOut,
        transferReference: z.string().nullable(),
        failure: z.object({ code: z.string().optional(), message: z.string().optional() }).nullable(),
      }),
    ),
    returns: z.array(returnOut),
    documents: z.array(documentSummaryOut),
    mails: z.array(
      z.object({
        template: z.string(),
        to: z.string(),
        createdAt: z.string(),
        sentAt: nullableInstant,
      }),
    ),
    holds: z.array(holdOut),
    waitingFor: z.array(
      z.object({
        what: z.string(),
        since: z.string(),
        until: nullableInstant,
        then: z.string(),
        fulfillmentId: z.string().optional().meta({ description: 'Of a wait for the work of one location' }),
        returnId: z.string().optional().meta({ description: 'Of a wait for goods that come back' }),
        promise: promiseOut.optional(),
        supplies: z.array(promisedSupplyOut).optional().meta({
          description: 'Of a wait for stock: what is promised, from which purchase order, by when',
        }),
      }),
    ),
    promise: promiseOut
      .nullable()
      .meta({ description: 'When the order is complete; null before it is confirmed' }),
    latePieces: z
      .array(z.object({ fulfillmentId: z.string(), lineId: z.string(), quantity: z.int() }))
      .meta({ description: 'At work, later than the customer was told, and not packed: they can be let go' }),
    awaitedEdit: awaitedEditOut
      .nullable()
      .meta({ description: 'A change that waits for a bank transfer: made when it came, or not at all' }),
    allowedActions: z.array(z.string()),
    links,
  })
  .meta({ id: 'Order' });
