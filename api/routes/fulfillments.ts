import {
  arriveBody,
  collectBody,
  fulfillmentList,
  fulfillmentOut,
  fulfillmentParams,
  fulfillmentsQuery,
  packBody,
  rejectBody,
  shipBody,
} from '../contract/fulfillments';
import { emptyBody } from '../contract/order-actions';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Fulfillments';
const params = fulfillmentParams;
const fresh = { 200: { description: 'The fulfillment as it is now', schema: fulfillmentOut } };
const nothing = { body: emptyBody, isBodyOptional: true };

export const fulfillmentOperations = ({ fulfillments }: Services): Operation[] => [
  defineOperation({
    id: 'listFulfillments',
    tag,
    summary: 'Work of locations, oldest first',
    method: 'get',
    path: '/v1/fulfillments',
    query: fulfillmentsQuery,
    responses: { 200: { description: 'A page of fulfillments', schema: fulfillmentList } },
    handle: async ({ principal, query }) => ({
      status: 200,
      body: await fulfillments.list(query, principal),
    }),
  }),
  defineOperation({
    id: 'findFulfillment',
    tag,
    summary: 'The work of one location for one order',
    method: 'get',
    path: '/v1/fulfillments/{id}',
    params,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await fulfillments.find(id, principal),
    }),
  }),
  defineOperation({
    id: 'confirmFulfillment',
    tag,
    summary: 'A supplier will do the work',
    description:
      'From then on the supplier is waited for and reminded; the work does not go elsewhere by itself.',
    method: 'post',
    path: '/v1/fulfillments/{id}/confirm',
    params,
    ...nothing,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await fulfillments.confirm(principal, id),
    }),
  }),
  defineOperation({
    id: 'pickFulfillment',
    tag,
    summary: 'Begin to pick',
    method: 'post',
    path: '/v1/fulfillments/{id}/pick',
    params,
    ...nothing,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await fulfillments.pick(principal, id),
    }),
  }),
  defineOperation({
    id: 'packFulfillment',
    tag,
    summary: 'Say what was packed in which carton',
    description:
      'The carrier is booked and the labels are made; the answer has them, unless the carrier is slow.',
    method: 'post',
    path: '/v1/fulfillments/{id}/pack',
    params,
    body: packBody,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await fulfillments.pack(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'shipFulfillment',
    tag,
    summary: 'The parcels were handed to the carrier',
    description: 'A supplier that books its own carrier names its parcels, and need not have packed before.',
    method: 'post',
    path: '/v1/fulfillments/{id}/ship',
    params,
    body: shipBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await fulfillments.ship(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'arriveFulfillment',
    tag,
    summary: 'What was sent to this store for a customer is here',
    description:
      'Of `shipToStore`. The pieces wait for the rest of their pickup; when all of it is there the customer gets one ' +
      'code. What came damaged is unsellable here; that and what is missing is sourced anew.',
    method: 'post',
    path: '/v1/fulfillments/{id}/arrive',
    params,
    body: arriveBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await fulfillments.arrive(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'rejectFulfillment',
    tag,
    summary: 'This location cannot do it: the work goes elsewhere',
    description:
      'outOfStock counts away what no order holds of the goods there; damaged puts these pieces aside. With several ' +
      'SKUs, `lineIds` names the lines that are meant.',
    method: 'post',
    path: '/v1/fulfillments/{id}/reject',
    params,
    body: rejectBody,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await fulfillments.reject(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'readyFulfillment',
    tag,
    summary: 'The goods lie ready to be collected',
    method: 'post',
    path: '/v1/fulfillments/{id}/ready',
    params,
    ...nothing,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await fulfillments.ready(principal, id),
    }),
  }),
  defineOperation({
    id: 'collectFulfillment',
    tag,
    summary: 'The customer showed the code and took the goods',
    method: 'post',
    path: '/v1/fulfillments/{id}/collect',
    params,
    body: collectBody,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await fulfillments.collect(principal, id, body.code),
    }),
  }),
];
