import { z } from 'zod';
import type { Carrier } from '../../../ports/carrier';
import { createCarrierSandboxClient } from './client';
import { fromBooking, fromCancellation, fromHandover, toBookingBody, type Unexpected } from './translate';

export const code = 'sandbox';

export const sandboxCarrierConfig = z.object({
  baseUrl: z.url(),
  /** A whole call, in milliseconds. What takes longer is tried again with the same key. */
  timeoutMs: z.int().positive().default(5000),
});
export type SandboxCarrierConfig = z.input<typeof sandboxCarrierConfig>;

/** The carrier answered what it never should. Sending the same again would change nothing. */
export class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
}

/**
 * The sandbox carrier, played by a small server of our own. Out of reach throws `CarrierUnavailable` (try again
 * with the same key), nonsense throws `UnexpectedAnswer` (do not).
 */
export function createSandboxCarrier(config: SandboxCarrierConfig): SandboxCarrier {
  const { baseUrl, timeoutMs } = sandboxCarrierConfig.parse(config);
  const client = createCarrierSandboxClient(baseUrl, timeoutMs);
  return {
    code,
    name: 'Sandbox Parcel',
    book: async (request) =>
      expected(fromBooking(await client.post('/carrier/bookings', request.key, toBookingBody(request)))),
    cancel: async ({ key, bookingKey }) =>
      expected(fromCancellation(await client.post('/carrier/cancellations', key, { bookingKey }))),
    handOver: async ({ key, trackingNumbers }) => {
      expected(fromHandover(await client.post('/carrier/handovers', key, { trackingNumbers })));
    },
    close: () => client.close(),
  };
}

export type SandboxCarrier = Required<Carrier> & { close(): Promise<void> };

function expected<Result extends { outcome: string }>(result: Result | Unexpected): Result {
  if (result.outcome === 'unexpected')
    throw new UnexpectedAnswer(
      `The sandbox carrier answered something unknown: ${(result as Unexpected).detail}`,
    );
  return result as Result;
}
