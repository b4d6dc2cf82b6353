import { channelParams } from '../contract/catalogue';
import { emptyBody } from '../contract/order-actions';
import {
  deliveriesQuery,
  deliveryList,
  subscriptionBody,
  subscriptionOut,
  subscriptionSavedOut,
} from '../contract/subscriptions';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Channels';
const path = '/v1/channels/{code}/subscription';
const params = channelParams;

export const subscriptionOperations = ({ subscriptions }: Services): Operation[] => [
  defineOperation({
    id: 'saveSubscription',
    tag,
    summary: 'Have a channel told what it can sell, as it changes',
    description:
      'Signed CloudEvents (Standard Webhooks), one at a time, with a sequence that grows; figures that differ from ' +
      'what the channel was told, never older ones. A new address begins with everything there is.',
    method: 'put',
    path,
    params,
    body: subscriptionBody,
    responses: { 200: { description: 'The subscription as it is now', schema: subscriptionSavedOut } },
    handle: async ({ principal, params: { code }, body }) => ({
      status: 200,
      body: await subscriptions.save(principal, code, body),
    }),
  }),
  defineOperation({
    id: 'findSubscription',
    tag,
    summary: 'How a subscription goes',
    method: 'get',
    path,
    params,
    responses: { 200: { description: 'The subscription', schema: subscriptionOut } },
    handle: async ({ principal, params: { code } }) => ({
      status: 200,
      body: await subscriptions.find(principal, code),
    }),
  }),
  defineOperation({
    id: 'deleteSubscription',
    tag,
    summary: 'Tell the channel nothing any more',
    method: 'delete',
    path,
    params,
    responses: { 204: { description: 'It is gone, now or before' } },
    async handle({ principal, params: { code } }) {
      await subscriptions.remove(principal, code);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'askForSnapshot',
    tag,
    summary: 'Tell the channel everything once more',
    method: 'post',
    path: '/v1/channels/{code}/snapshot',
    params,
    body: emptyBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: {
      202: { description: 'It is on its way, a thousand SKUs a message', schema: subscriptionOut },
    },
    handle: async ({ principal, params: { code } }) => ({
      status: 202,
      body: await subscriptions.askForSnapshot(principal, code),
    }),
  }),
  defineOperation({
    id: 'listDeliveries',
    tag,
    summary: 'What a channel was sent in the last seven days, the newest first',
    method: 'get',
    path: '/v1/channels/{code}/deliveries',
    params,
    query: deliveriesQuery,
    responses: { 200: { description: 'A page of deliveries', schema: deliveryList } },
    handle: async ({ principal, params: { code }, query }) => ({
      status: 200,
      body: await subscriptions.listDeliveries(principal, code, query),
    }),
  }),
];
