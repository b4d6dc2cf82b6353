import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Subscription } from '../../store/push/subscription';
import type { Principal } from '../authenticate';
import type { SubscriptionBody } from '../contract/subscriptions';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { forbidden, invalidInput, notFound } from '../problem';

const deliveryCursor = z.object({ id: z.int().min(0) });

/** What channels are told about what they can sell. */
export function createSubscriptions({ store, settings }: ApiDependencies) {
  function expectOwn({ role, boundTo }: Principal, channel: string): void {
    if (role === 'channel' && boundTo !== null && boundTo !== channel)
      throw forbidden(`This key speaks for the channel "${boundTo}" alone`);
  }

  async function refuseBody(channel: string, { url, locations = [] }: SubscriptionBody): Promise<void> {
    if (!(await store.findChannel(channel))) throw notFound(`There is no channel "${channel}"`);
    if (settings.environment === 'production' && !url.startsWith('https://'))
      throw invalidInput([{ pointer: '/url', detail: 'Must be a https:// address in production' }]);
    const unknown: { pointer: string; detail: string }[] = [];
    for (const [index, id] of locations.entries())
      if (!(await store.findLocation(id)))
        unknown.push({ pointer: `/locations/${index}`, detail: `No location has the id "${id}"` });
    if (unknown.length > 0) throw invalidInput(unknown);
  }

  return {
    /** A new address, or other locations, begin with everything there is. */
    async save(principal: Principal, channel: string, body: SubscriptionBody) {
      expectOwn(principal, channel);
      await refuseBody(channel, body);
      const before = await store.findSubscription(channel);
      const made = `whsec_${randomBytes(32).toString('base64')}`;
      const { subscription, secret } = await store.saveSubscription({
        channel,
        url: body.url,
        secret: body.secret ?? made,
        isNewSecret: body.secret !== undefined,
        locations: body.locations ?? null,
      });
      return { ...viewOf(subscription), ...(before === null && body.secret === undefined && { secret }) };
    },

    async find(principal: Principal, channel: string) {
      expectOwn(principal, channel);
      const subscription = await store.findSubscription(channel);
      if (!subscription) throw notSubscribed(channel);
      return viewOf(subscription);
    },

    async remove(principal: Principal, channel: string): Promise<void> {
      expectOwn(principal, channel);
      await store.deleteSubscription(channel);
    },

    /** Tells the channel everything once more, between what changes meanwhile. */
    async askForSnapshot(principal: Principal, channel: string) {
      expectOwn(principal, channel);
      const subscription = await store.askForSnapshot(channel);
      if (!subscription) throw notSubscribed(channel);
      return viewOf(subscription);
    },

    async listDeliveries(
      principal: Principal,
      channel: string,
      { limit, cursor }: { limit: number; cursor?: string },
    ) {
      expectOwn(principal, channel);
      const before = decodeCursor(deliveryCursor, cursor)?.id;
      return asList(await store.listDeliveries({ channel, before, limit }), (delivery) => delivery);
    },
  };
}

const viewOf = (subscription: Subscription) => ({ ...subscription, events: ['availability' as const] });

const notSubscribed = (channel: string) =>
  notFound(
    `The channel "${channel}" has no subscription: PUT /v1/channels/${channel}/subscription makes one`,
  );
