import { z } from 'zod';

/** The carrier's own wire format. Nobody outside this folder knows it. */
const party = z.object({
  name: z.string().max(200),
  street: z.string().max(500),
  postalCode: z.string().max(50),
  city: z.string().max(200),
  country: z.string().length(2),
});

export const bookingBody = z.object({
  direction: z.enum(['outbound', 'return']),
  service: z.enum(['standard', 'express']),
  reference: z.string().max(200),
  from: party,
  to: party,
  parcels: z
    .array(z.object({ sscc: z.string().min(1).max(50), weightGrams: z.int().nonnegative() }))
    .min(1)
    .max(200),
  eventsUrl: z.url(),
});
export type BookingBody = z.infer<typeof bookingBody>;

export const cancellationBody = z.object({ bookingKey: z.string().min(1).max(300) });
export const handoverBody = z.object({ trackingNumbers: z.array(z.string().max(50)).min(1).max(500) });

export const bookingAnswer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('booked'),
    parcels: z.array(z.object({ sscc: z.string(), trackingNumber: z.string(), trackingUrl: z.string() })),
  }),
  z.object({ status: z.literal('refused'), code: z.string(), message: z.string() }),
]);
export type BookingAnswer = z.infer<typeof bookingAnswer>;

export const cancellationAnswer = z.object({ status: z.enum(['cancelled', 'nothingToCancel']) });
export const handoverAnswer = z.object({ status: z.literal('accepted') });
