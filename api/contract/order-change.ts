import { z } from 'zod';
import { moneyOut } from './money';

/** What an edit did, or would do. */
export const changeOut = z
  .object({
    what: z.enum(['quantity', 'added', 'removed', 'shippingAddress', 'delivery', 'shipping']),
    lineId: z.string().optional(),
    sku: z.string().optional(),
    quantity: z.int().optional(),
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
