import { tariffBody, tariffList, tariffOut, tariffParams, tariffQuery } from '../contract/tariffs';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Sourcing rules';
const path = '/v1/tariffs/{id}';
const params = tariffParams;

export const tariffOperations = ({ tariffs }: Services): Operation[] => [
  defineOperation({
    id: 'saveTariff',
    tag,
    summary: 'Create or replace a tariff: what a carrier asks for a service, and how long it takes',
    description:
      'Of the zones that a way lies in, the most specific one counts: the narrower destination (a longer postal code ' +
      'before a shorter one, before the whole country), then the narrower origin (a location before any area). Of a ' +
      'service of a carrier one tariff holds at a time.',
    method: 'put',
    path,
    params,
    body: tariffBody,
    responses: { 200: { description: 'The tariff as it is now', schema: tariffOut } },
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await tariffs.save(principal, id, body),
    }),
  }),
  defineOperation({
    id: 'findTariff',
    tag,
    summary: 'A tariff with its zones',
    method: 'get',
    path,
    params,
    responses: { 200: { description: 'The tariff', schema: tariffOut } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await tariffs.find(id) }),
  }),
  defineOperation({
    id: 'deleteTariff',
    tag,
    summary: 'Reckon with a tariff no more',
    method: 'delete',
    path,
    params,
    responses: { 204: { description: 'It is gone, now or before' } },
    async handle({ params: { id } }) {
      await tariffs.remove(id);
      return { status: 204 };
    },
  }),
  defineOperation({
    id: 'listTariffs',
    tag,
    summary: 'Tariffs by id',
    method: 'get',
    path: '/v1/tariffs',
    query: tariffQuery,
    responses: { 200: { description: 'A page of tariffs', schema: tariffList } },
    handle: async ({ query }) => ({ status: 200, body: await tariffs.list(query) }),
  }),
];
