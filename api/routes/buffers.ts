import { bufferBody, bufferList, bufferOut, bufferParams, bufferQuery } from '../contract/buffers';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Stock';
const path = '/v1/buffers/{id}';
const params = bufferParams;

export const bufferOperations = ({ buffers }: Services): Operation[] => [
  defineOperation({
    id: 'saveBuffer',
    tag,
    summary: 'Create or replace a channel buffer: pieces kept back from channels',
    description:
      'Of the buffers that apply to a sale, the most specific one counts: SKU before category before all goods, ' +
      'then location, then channel. It is kept back at each location that it applies to.',
    method: 'put',
    path,
    params,
    body: bufferBody,
    responses: { 200: { description: 'The buffer as it is now', schema: bufferOut } },
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await buffers.save(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'findBuffer',
    tag,
    summary: 'A channel buffer',
    method: 'get',
    path,
    params,
    responses: { 200: { description: 'The buffer', schema: bufferOut } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await buffers.find(id) }),
  }),
  defineOperation({
    id: 'deleteBuffer',
    tag,
    summary: 'Keep nothing back by this buffer any more',
    method: 'delete',
    path,
    params,
    responses: { 204: { description: 'It is gone, now or before' } },
    async handle({ params: { id } }) {
      await buffers.remove(id);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'listBuffers',
    tag,
    summary: 'Channel buffers by id',
    method: 'get',
    path: '/v1/buffers',
    query: bufferQuery,
    responses: { 200: { description: 'A page of buffers', schema: bufferList } },
    handle: async ({ query }) => ({ status: 200, body: await buffers.list(query) }),
  }),
];
