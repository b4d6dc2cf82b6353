import { z } from 'zod';
import { moneyOut } from './money';

const changes = [
  ...(['quantity', 'added', 'removed', 'moved', 'destinationAdded', 'destinationDropped'] as const),
  ...(['shippingAddress', 'delivery', 'shipping', 'shippingMethod', 'shippingShare'] as const),
] as const;

/** What an edit did, or would do. */
export const changeOut = z
  .object({
    what: z.enum(changes),
    lineId: z.string().optional(),
    sku: z.string().optional(),
    quantity: z.int().optional(),
    destination: z.string().nullish().meta({
      description:
        "Of what was moved where it goes; else the destination that was changed. Null, or left out: the order's own address",
    }),
    unitPrice: moneyOut.optional(),
    from: z.union([z.int(), moneyOut]).optional(),
    to: z.union([z.int(), moneyOut]).optional(),
  })
  .meta({ id: 'OrderChange' });

/** A change that waits for its money. */
export const awaitedEditOut = z
  .object({
    paymentId: z.string(),
    changes: z.array(changeOut),
    total: moneyOut.meta({ description: 'What the order would come to' }),
    amount: moneyOut.meta({ description: 'To be transferred before the change is made' }),
    received: moneyOut,
    transferReference: z.string().meta({ description: 'What the transfer must carry' }),
    reason: z.string().nullable(),
    actor: z.string(),
    askedAt: z.string(),
    until: z.string().meta({ description: 'Then it is not made, and what was paid for it goes back' }),
  })
  .meta({ id: 'AwaitedOrderEdit' });
