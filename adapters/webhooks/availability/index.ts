import { Agent, request } from 'undici';
import { eventIdOf, type AvailabilityEvent } from '../../../domain/stock/availability-event';
import { signWebhook } from '../../../domain/webhook-signature';
import type { AvailabilitySink } from '../../../ports/availability-sink';

export interface AvailabilityWebhooksOptions {
  /** Where the events come from, by CloudEvents: the address of this installation. */
  source: string;
  timeoutMs?: number;
  now?: () => Date;
}

/** Availability as signed CloudEvents (structured JSON) to the address of each channel. */
export function createAvailabilityWebhooks(options: AvailabilityWebhooksOptions): AvailabilitySink {
  const { source, timeoutMs = 5_000, now = () => new Date() } = options;
  const agent = new Agent({
    connections: 2,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
  });
  return {
    async push({ url, secret }, event) {
      const id = eventIdOf(event);
      const body = JSON.stringify(cloudEventOf(source, id, event));
      try {
        const answer = await request(url, {
          method: 'POST',
          dispatcher: agent,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            'content-type': 'application/cloudevents+json; charset=utf-8',
            ...signWebhook(secret, id, now(), body),
          },
          body,
        });
        await answer.body.dump();
        if (answer.statusCode >= 200 && answer.statusCode < 300) return { outcome: 'taken' };
        return { outcome: 'refused', detail: `It answered ${answer.statusCode}` };
      } catch (error) {
        return {
          outcome: 'refused',
          detail: error instanceof Error ? error.message || error.name : String(error),
        };
      }
    },
    close: () => agent.destroy(),
  };
}

const cloudEventOf = (source: string, id: string, { channel, at, kind, ...event }: AvailabilityEvent) => ({
  specversion: '1.0',
  id,
  source,
  type: kind === 'snapshot' ? 'ordito.availability.snapshot' : 'ordito.availability.changed',
  subject: channel,
  time: at,
  datacontenttype: 'application/json',
  data: { channel, sequence: event.sequence, isLast: event.isLast, items: event.items },
});
