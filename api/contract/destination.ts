import { z } from 'zod';
import { address, addressOut } from './address';
import { delivery, deliveryOut } from './delivery';
import { money, moneyOut } from './money';
import { line, reference } from './text';

export const destinationId = reference(50);

const toCustomer = delivery
  .refine(({ mode }) => mode !== 'carryOut', {
    message: 'What is carried out of a store goes to no destination',
    path: ['mode'],
  })
  .refine(({ toLocationId }) => toLocationId === undefined, {
    message: 'Only an internal order goes to a place of ours',
    path: ['toLocationId'],
  });

const shipping = z
  .strictObject({
    method: line(100).optional(),
    price: money
      .optional()
      .meta({ description: "What part of the order's one shipping price is for it; nothing is added" }),
  })
  .optional()
  .meta({ description: 'Where it differs from that of the order' });

/** One of several places that an order's goods go to. */
export const destination = z
  .strictObject({
    id: destinationId.meta({ description: 'Your own; lines name it', examples: ['grandmother'] }),
    shippingAddress: address
      .optional()
      .meta({ description: 'Who gets it; left out, it is the shipping address of the order' }),
    delivery: toCustomer.default({ mode: 'ship' }),
    shipping,
  })
  .meta({ id: 'DestinationInput' });

/** The same of an order that was placed: what is left out of one that it has stays as it is. */
export const destinationEdit = z
  .strictObject({
    id: destinationId.meta({ description: 'One that the order has is changed; another one is added' }),
    shippingAddress: address.optional(),
    delivery: toCustomer.optional(),
    shipping,
  })
  .meta({ id: 'DestinationEditInput' });

export const destinationsOut = z
  .array(
    z.object({
      id: z.string(),
      shippingAddress: addressOut,
      delivery: deliveryOut,
      shipping: z.object({ method: z.string().optional(), price: moneyOut.optional() }).optional(),
    }),
  )
  .meta({ description: 'Where lines go that name one; empty where all goes to the shipping address' });
