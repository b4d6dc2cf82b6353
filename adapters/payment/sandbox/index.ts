import { z } from 'zod';
import type { PaymentProvider } from '../../../ports/payment';
import { createPaymentSandboxClient } from './client';
import {
  fromAuthorization,
  fromMovement,
  fromVoid,
  methods,
  toAmount,
  toAuthorizationBody,
  type Unexpected,
} from './translate';

export { readSandboxNotice } from './read-notice';

export const code = 'sandbox';

export const sandboxPaymentsConfig = z.object({
  baseUrl: z.url(),
  /** A whole call, in milliseconds. What takes longer is tried again with the same key. */
  timeoutMs: z.int().positive().default(5000),
  /** Where the provider reports what happened; it reports nothing where this is missing. */
  webhookUrl: z.url().nullable().default(null),
});
export type SandboxPaymentsConfig = z.input<typeof sandboxPaymentsConfig>;

/** The provider answered what it never should. Sending the same again would change nothing. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/**
 * The sandbox provider: card, PayPal and instalments, played by a small server of our own. Out of reach throws
 * `ProviderUnavailable` (try again with the same key), nonsense throws `UnexpectedAnswer` (do not).
 */
export function createSandboxPayments(
  config: SandboxPaymentsConfig,
): PaymentProvider & { close(): Promise<void> } {
  const { baseUrl, timeoutMs, webhookUrl } = sandboxPaymentsConfig.parse(config);
  const client = createPaymentSandboxClient(baseUrl, timeoutMs);
  const move = async (path: string, { key, authorization, amount }: MoveRequest) =>
    expected(fromMovement(await client.post(path, key, { authorization, amount: toAmount(amount) })));
  return {
    code,
    methods,
    authorize: async (request) => {
      const body = toAuthorizationBody(request, webhookUrl);
      return expected(fromAuthorization(await client.post('/payments/authorizations', request.key, body)));
    },
    capture: (request) => move('/payments/captures', request),
    refund: (request) => move('/payments/refunds', request),
    void: async ({ key, authorization, authorizationKey }) =>
      expected(fromVoid(await client.post('/payments/voids', key, { authorization, authorizationKey }))),
    close: () => client.close(),
  };
}

type MoveRequest = Parameters<PaymentProvider['capture']>[0];

function expected<Result extends { outcome: string }>(result: Result | Unexpected): Result {
  if (result.outcome === 'unexpected')
    throw new UnexpectedAnswer(
      `The payment sandbox answered something unknown: ${(result as Unexpected).detail}`,
    );
  return result as Result;
}
