import { z } from 'zod';
import { offerEnds } from '../../domain/catalogue/offer-end';
import { otherwiseActions } from '../../domain/rules/types';
import { moneyOut } from './money';
import { line, ourId, sku } from './text';

export const offerStates = ['open', 'accepted', 'refused', 'expired', 'withdrawn'] as const;

const reason = line(500)
  .optional()
  .meta({ description: 'Needed of staff who answer for the customer: what they were told' });

export const ofOrder = z.strictObject({ id: ourId });
export const offerParams = z.strictObject({ id: ourId, offerId: ourId });
export const acceptOfferBody = z.strictObject({ sku, reason }).meta({ id: 'AcceptOfferInput' });
export const refuseOfferBody = z.strictObject({ reason }).meta({ id: 'RefuseOfferInput' });

export const offerOut = z
  .object({
    id: z.string(),
    lineId: z.string(),
    sku: z.string(),
    title: z.string(),
    quantity: z.int().meta({ description: 'Pieces that would be replaced' }),
    fulfillmentId: z.string().nullable().meta({
      description:
        'Of pieces at work that come later than was told: the work that holds them until one is taken',
    }),
    options: z.array(
      z.object({
        sku: z.string(),
        title: z.string(),
        unitPrice: moneyOut,
        taxRateBps: z.int(),
        difference: moneyOut.meta({
          description: 'Of the order’s total; above zero it is asked for before the pieces are replaced',
        }),
        promise: z.object({ earliest: z.string(), latest: z.string() }).nullable(),
        because: z.array(z.string()),
      }),
    ),
    otherwise: z
      .enum([...otherwiseActions, 'stay'])
      .meta({ description: 'What follows when it is refused or not answered; `stay`: they come as ordered' }),
    status: z.enum(offerStates),
    endedBecause: z.enum(offerEnds).nullable().meta({
      description: 'Why it is `withdrawn`: what it was about is not there any more as it was',
    }),
    offeredAt: z.string(),
    until: z.string(),
    answeredAt: z.string().nullable(),
    answeredBy: z.string().nullable(),
    reason: z.string().nullable(),
    chosenSku: z.string().nullable(),
  })
  .meta({ id: 'Offer' });
export const offerList = z.object({ items: z.array(offerOut) }).meta({ id: 'Offers' });
