import { z } from 'zod';
import { reservationStates } from '../../domain/stock/reservation';
import { country } from './address';
import { channelCode, duration, locationId, reference, sku } from './text';

const eachSkuOnce = (lines: readonly { sku: string }[]): boolean =>
  new Set(lines.map((each) => each.sku)).size === lines.length;

const ttl = duration.meta({
  description: 'How long the pieces are held from now on, as an ISO 8601 duration',
  examples: ['PT15M'],
});

export const reservationBody = z
  .strictObject({
    id: reference(100)
      .optional()
      .meta({ description: 'Names the reservation; the same id with the same content is the same one' }),
    channel: channelCode,
    lines: z
      .array(z.strictObject({ sku, quantity: z.int().min(1).max(100_000) }))
      .min(1)
      .max(200)
      .refine(eachSkuOnce, 'A SKU is named twice: give its pieces in one line'),
    ttl: ttl.optional(),
    country: country.optional().meta({ description: 'Where it is to be sent, as far as it is known' }),
    locationId: locationId.optional().meta({ description: 'The store at which it is to be collected' }),
  })
  .meta({ id: 'ReservationInput' });
export type ReservationBody = z.output<typeof reservationBody>;

export const reservationParams = z.strictObject({ id: reference(100) });
export const extendBody = z.strictObject({ ttl: ttl.optional() }).meta({ id: 'ExtendReservationInput' });

const pieces = z.object({ sku: z.string(), locationId: z.string(), quantity: z.int() });

export const reservationOut = z
  .object({
    id: z.string(),
    channel: z.string(),
    country: z.string().nullable(),
    locationId: z.string().nullable(),
    status: z.enum(reservationStates),
    lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
    pieces: z.array(pieces).meta({ description: 'Where they are held, or were' }),
    createdAt: z.string(),
    createdBy: z.string(),
    expiresAt: z.string(),
    endedAt: z.string().nullable(),
    orderId: z.string().nullable(),
    allowedActions: z.array(z.string()),
  })
  .meta({ id: 'Reservation' });
