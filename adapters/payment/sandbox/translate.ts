import type { z } from 'zod';
import type { AuthorizeRequest, AuthorizeResult, MovementResult, VoidResult } from '../../../ports/payment';
import type { AuthorizationBody, MovementBody } from './contract';
import { authorizationAnswer, movementAnswer, voidAnswer } from './contract';
import type { HttpAnswer } from '../../http/company-client';

/** An answer that this adapter does not know. Its caller throws: we cannot say whether money moved. */
export interface Unexpected {
  outcome: 'unexpected';
  detail: string;
}

/** The methods that this provider takes; the rest never reaches it. */
export const methods = ['card', 'paypal', 'instalments'] as const satisfies AuthorizeRequest['method'][];

export function toAuthorizationBody(request: AuthorizeRequest, webhookUrl: string | null): AuthorizationBody {
  const method = methods.find((known) => known === request.method);
  if (!method) throw new Error(`The payment sandbox does not take ${request.method}`);
  const { orderId, orderNumber, amount, token, instalments } = request;
  return { orderId, orderNumber, method, amount: toAmount(amount), token, instalments, webhookUrl };
}

export const toAmount = (money: { amount: number; currency: string }): MovementBody['amount'] => ({
  value: money.amount,
  currency: money.currency,
});

export function fromAuthorization(answer: HttpAnswer): AuthorizeResult | Unexpected {
  const read = readAs(authorizationAnswer, answer, { authorized: 201, declined: 402 });
  if (read.status === 'unexpected') return { outcome: 'unexpected', detail: read.detail };
  if (read.status === 'declined') return { outcome: 'declined', code: read.code, message: read.message };
  return { outcome: 'authorized', reference: read.id, expiresAt: read.expiresAt };
}

export function fromMovement(answer: HttpAnswer): MovementResult | Unexpected {
  const read = readAs(movementAnswer, answer, { succeeded: 201, declined: 402 });
  if (read.status === 'unexpected') return { outcome: 'unexpected', detail: read.detail };
  if (read.status === 'declined') return { outcome: 'declined', code: read.code, message: read.message };
  return { outcome: 'done', reference: read.id };
}

export function fromVoid(answer: HttpAnswer): VoidResult | Unexpected {
  const read = readAs(voidAnswer, answer, { voided: 200, nothingToVoid: 200 });
  if (read.status === 'unexpected') return { outcome: 'unexpected', detail: read.detail };
  return { outcome: read.status };
}

/** Believes a body only together with the HTTP status that belongs to it. */
function readAs<Known extends { status: string }>(
  shape: z.ZodType<Known>,
  { status, body }: HttpAnswer,
  httpStatusOf: Record<Known['status'], number>,
): Known | { status: 'unexpected'; detail: string } {
  const read = shape.safeParse(body);
  if (read.success && httpStatusOf[read.data.status as Known['status']] === status) return read.data;
  return { status: 'unexpected', detail: `HTTP ${status} with ${JSON.stringify(body)?.slice(0, 300)}` };
}
