import { z } from 'zod';
import { address } from './address';
import { delivery } from './delivery';
import { money } from './money';
import { line, reference } from './text';

export const destinationId = reference(50);

/** One of several places that an order's goods go to. */
export const destination = z
  .strictObject({
    id: destinationId.meta({ description: 'Your own; lines name it', examples: ['grandmother'] }),
    shippingAddress: address
      .optional()
      .meta({ description: 'Who gets it; left out, it is the shipping address of the order' }),
    delivery: delivery
      .default({ mode: 'ship' })
      .refine(({ mode }) => mode !== 'carryOut', {
        message: 'What is carried out of a store goes to no destination',
        path: ['mode'],
      })
      .refine(({ toLocationId }) => toLocationId === undefined, {
        message: 'Only an internal order goes to a place of ours',
        path: ['toLocationId'],
      }),
    shipping: z
      .strictObject({
        method: line(100).optional(),
        price: money
          .optional()
          .meta({ description: "What part of the order's one shipping price is for it; nothing is added" }),
      })
      .optional()
      .meta({ description: 'Where it differs from that of the order' }),
  })
  .meta({ id: 'DestinationInput' });
