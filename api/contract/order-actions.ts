import { z } from 'zod';
import { positiveMoney } from './money';
import { instant, line, locationId, ourId, reference } from './text';

export const reasonBody = z.strictObject({ reason: line(500) }).meta({ id: 'Reason' });
export const cancelBody = z
  .strictObject({
    reason: line(500),
    lines: z
      .array(
        z.strictObject({
          lineId: ourId,
          quantity: z.int().min(1).max(100_000),
          fulfillmentId: ourId.optional().meta({
            description: 'Out of this work alone; left out, what waits for stock goes first',
          }),
        }),
      )
      .min(1)
      .max(500)
      .optional()
      .meta({
        description: 'Pieces to cancel, while the rest of the order goes on; left out, the whole order',
      }),
  })
  .meta({ id: 'CancelInput' });
export type CancelBody = z.output<typeof cancelBody>;
export const sourceAgainBody = z
  .strictObject({
    locationId: locationId.optional().meta({
      description: 'Take it from there, whatever the rules say, also where it was refused before',
    }),
  })
  .meta({ id: 'SourceAgainInput' });
export type SourceAgainBody = z.output<typeof sourceAgainBody>;
export const emptyBody = z.strictObject({}).meta({ id: 'Nothing' });

export const transferBody = z
  .strictObject({
    paymentId: ourId.optional().meta({ description: 'Needed when an order has several transfers' }),
    amount: positiveMoney,
    reference: reference().meta({ description: 'Of the bank booking; the same twice is one payment' }),
    receivedAt: instant.optional(),
  })
  .meta({ id: 'TransferInput' });
export type TransferBody = z.output<typeof transferBody>;
