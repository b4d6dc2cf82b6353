import { durationMs, duration } from '../contract/text';
import { z } from 'zod';
import {
  orderBody,
  orderList,
  orderParams,
  orderReceiptOut,
  ordersQuery,
  sourcingOut,
  timelineOut,
  timelineQuery,
} from '../contract/orders';
import { holdBody, holdList, holdsQuery, releaseBody } from '../contract/holds';
import { cancelBody, sourceAgainBody, transferBody } from '../contract/order-actions';
import { orderOut } from '../contract/order-answer';
import { defineOperation, type Operation } from '../operation';
import { preferredWait } from '../prefer';
import type { Services } from '../services';

const tag = 'Orders';
const freshOrder = { 200: { description: 'The order as it is now', schema: orderOut } };

export const orderOperations = ({ intake, orders }: Services): Operation[] => [
  defineOperation({
    id: 'placeOrder',
    tag,
    summary: 'Hand an order in',
    description:
      'Answers 202 as soon as the order is on its way. With `Prefer: wait=10` it waits for the first decision ' +
      'and answers 201. The same channel and externalReference again is answered with the first order.',
    method: 'post',
    path: '/v1/orders',
    body: orderBody,
    hasEffects: true,
    responses: {
      200: { description: 'This order is known already', schema: orderReceiptOut },
      201: { description: 'Decided', schema: orderReceiptOut },
      202: { description: 'On its way', schema: orderReceiptOut },
    },
    async handle({ principal, body, headers }) {
      const wait = preferredWait(headers.prefer);
      const { outcome, receipt } = await intake.placeOrder(principal, body, (wait ?? 0) * 1000);
      const isDecided = receipt.decision !== undefined;
      return {
        status: outcome === 'known' ? 200 : isDecided && wait !== null ? 201 : 202,
        body: receipt,
        headers: {
          Location: receipt.links.self!,
          ...(wait !== null && { 'Preference-Applied': `wait=${wait}` }),
        },
      };
    },
  }),

  defineOperation({
    id: 'listOrders',
    tag,
    summary: 'Find orders, newest first',
    method: 'get',
    path: '/v1/orders',
    query: ordersQuery,
    responses: { 200: { description: 'A page of orders', schema: orderList } },
    handle: async ({ principal, query }) => ({ status: 200, body: await orders.list(principal, query) }),
  }),

  defineOperation({
    id: 'findOrder',
    tag,
    summary: 'An order with everything that belongs to it',
    method: 'get',
    path: '/v1/orders/{id}',
    params: orderParams,
    responses: { 200: { description: 'The order', schema: orderOut } },
    handle: async ({ principal, params }) => ({ status: 200, body: await orders.find(principal, params.id) }),
  }),

  defineOperation({
    id: 'readTimeline',
    tag,
    summary: 'What happened to an order, by whom and when',
    method: 'get',
    path: '/v1/orders/{id}/events',
    params: orderParams,
    query: timelineQuery,
    responses: { 200: { description: 'A page of its story', schema: timelineOut } },
    handle: async ({ principal, params, query }) => ({
      status: 200,
      body: await orders.timeline(principal, params.id, query),
    }),
  }),

  defineOperation({
    id: 'readSourcing',
    tag,
    summary: 'Why these locations: every candidate, and why it won or lost',
    method: 'get',
    path: '/v1/orders/{id}/sourcing',
    params: orderParams,
    responses: { 200: { description: 'The decisions, first to last', schema: sourcingOut } },
    handle: async ({ principal, params }) => ({
      status: 200,
      body: await orders.sourcing(principal, params.id),
    }),
  }),

  defineOperation({
    id: 'cancelOrder',
    tag,
    summary: 'Cancel an order of which nothing has left yet, or some of its pieces',
    description:
      'With `lines`: those pieces, all or none of them, as long as they wait for stock or are not packed; the rest ' +
      'of the order goes on. The last pieces of an order are the order. What was paid for them goes back; the ' +
      'shipping fee stays while anything is left.',
    method: 'post',
    path: '/v1/orders/{id}/cancel',
    params: orderParams,
    body: cancelBody,
    hasEffects: true,
    responses: freshOrder,
    handle: async ({ principal, params, body, requestKey }) => ({
      status: 200,
      body: await orders.cancel(principal, params.id, body, requestKey),
    }),
  }),

  defineOperation({
    id: 'sourceOrderAgain',
    tag,
    summary: 'Source again what waits for stock',
    description:
      'By the rules that are in force now, whatever the order began with; or, with `locationId`, from there. What ' +
      'still waits keeps its place in the queue.',
    method: 'post',
    path: '/v1/orders/{id}/source-again',
    params: orderParams,
    body: sourceAgainBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: freshOrder,
    handle: async ({ principal, params, body, requestKey }) => ({
      status: 200,
      body: await orders.sourceAgain(principal, params.id, body, requestKey),
    }),
  }),

  defineOperation({
    id: 'holdOrder',
    tag,
    summary: 'Keep an order from moving until it is released',
    description:
      'An order may be held for several reasons at once, each with an owner, a deadline, and what happens then: by ' +
      "the channel's `holdTerms` for the type, where nothing else is said.",
    method: 'post',
    path: '/v1/orders/{id}/hold',
    params: orderParams,
    body: holdBody,
    hasEffects: true,
    responses: freshOrder,
    handle: async ({ principal, params, body, requestKey }) => ({
      status: 200,
      body: await orders.hold(principal, params.id, body, requestKey),
    }),
  }),

  defineOperation({
    id: 'releaseOrder',
    tag,
    summary: 'Let a held order go on',
    description: 'With `holdId`, that hold alone ends: the order goes on when the last is released.',
    method: 'post',
    path: '/v1/orders/{id}/release',
    params: orderParams,
    body: releaseBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: freshOrder,
    handle: async ({ principal, params, body, requestKey }) => ({
      status: 200,
      body: await orders.release(principal, params.id, body, requestKey),
    }),
  }),

  defineOperation({
    id: 'listHolds',
    tag,
    summary: 'What holds orders back, most urgent first',
    method: 'get',
    path: '/v1/holds',
    query: holdsQuery,
    responses: { 200: { description: 'A page of open holds', schema: holdList } },
    handle: async ({ principal, query }) => ({ status: 200, body: await orders.listHolds(principal, query) }),
  }),

  defineOperation({
    id: 'recordTransfer',
    tag,
    summary: 'A bank transfer for an order came in',
    method: 'post',
    path: '/v1/orders/{id}/payments',
    params: orderParams,
    body: transferBody,
    hasEffects: true,
    responses: freshOrder,
    handle: async ({ principal, params, body }) => ({
      status: 200,
      body: await orders.recordTransfer(principal, params.id, body),
    }),
  }),
];

const fastForwardBody = z.strictObject({ duration }).meta({ id: 'FastForwardInput' });
const fastForwardOut = z.object({ id: z.string(), durationMs: z.int() }).meta({ id: 'FastForwarded' });

/** What exists in development alone. */
export const developmentOperations = ({ orders }: Services): Operation[] => [
  defineOperation({
    id: 'fastForward',
    tag: 'Development',
    summary: "Let an order's own time pass at once",
    method: 'post',
    path: '/v1/dev/orders/{id}/fast-forward',
    params: orderParams,
    body: fastForwardBody,
    responses: { 200: { description: 'Time has passed for it', schema: fastForwardOut } },
    handle: async ({ principal, params, body }) => ({
      status: 200,
      body: await orders.fastForward(principal, params.id, durationMs(body.duration)),
    }),
  }),
];
