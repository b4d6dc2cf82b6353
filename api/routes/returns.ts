import { inspectBody, receiveBody, returnBody, returnOut, returnParams } from '../contract/returns';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Returns';
const params = returnParams;
const fresh = { 200: { description: 'The return as it is now', schema: returnOut } };

export const returnOperations = ({ returns }: Services): Operation[] => [
  defineOperation({
    id: 'requestReturn',
    tag,
    summary: 'Open a return of delivered goods',
    method: 'post',
    path: '/v1/returns',
    body: returnBody,
    hasEffects: true,
    responses: { 201: { description: 'The return', schema: returnOut } },
    handle: async ({ principal, body, requestKey }) => ({
      status: 201,
      body: await returns.request(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'findReturn',
    tag,
    summary: 'A return',
    method: 'get',
    path: '/v1/returns/{id}',
    params,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await returns.find(principal, id),
    }),
  }),
  defineOperation({
    id: 'receiveReturn',
    tag,
    summary: 'The goods are back in the house',
    method: 'post',
    path: '/v1/returns/{id}/receive',
    params,
    body: receiveBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await returns.receive(principal, id, body.locationId),
    }),
  }),
  defineOperation({
    id: 'inspectReturn',
    tag,
    summary: 'Say of each piece what becomes of it; the refund follows',
    method: 'post',
    path: '/v1/returns/{id}/inspect',
    params,
    body: inspectBody,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await returns.inspect(principal, id, body),
    }),
  }),
];
