import { z } from 'zod';

/** The provider's own wire format. Nobody outside this folder knows it. */
const amount = z.object({ value: z.int().positive(), currency: z.string().regex(/^[A-Z]{3}$/) });

export const authorizationBody = z.object({
  orderId: z.string().min(1).max(200),
  orderNumber: z.string().max(200),
  method: z.enum(['card', 'paypal', 'instalments']),
  amount,
  token: z.string().max(200).nullable(),
  instalments: z.int().positive().nullable(),
  webhookUrl: z.url().nullable(),
});
export type AuthorizationBody = z.infer<typeof authorizationBody>;

export const movementBody = z.object({ authorization: z.string().min(1).max(200), amount });
export type MovementBody = z.infer<typeof movementBody>;

export const voidBody = z.object({
  authorization: z.string().min(1).max(200).nullable(),
  /** The key of the authorisation call: finds it when its answer was never heard. */
  authorizationKey: z.string().min(1).max(300),
});
export type VoidBody = z.infer<typeof voidBody>;

const declined = z.object({ status: z.literal('declined'), code: z.string(), message: z.string() });
export const authorizationAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('authorized'), id: z.string(), expiresAt: z.string() }),
  declined,
]);
export type AuthorizationAnswer = z.infer<typeof authorizationAnswer>;

export const movementAnswer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('succeeded'), id: z.string() }),
  declined,
]);
export type MovementAnswer = z.infer<typeof movementAnswer>;

export const voidAnswer = z.object({ status: z.enum(['voided', 'nothingToVoid']) });
export type VoidAnswer = z.infer<typeof voidAnswer>;

export const noticeBody = z.object({
  type: z.string(),
  data: z.object({
    id: z.string().min(1),
    authorization: z.string().min(1),
    /** The idempotency key of the call; null for what was done in the provider's own console. */
    key: z.string().nullable(),
    amount,
    code: z.string().nullish(),
  }),
});
