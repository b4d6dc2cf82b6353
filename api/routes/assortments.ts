import { assortmentList, locationParams, pagingQuery } from '../contract/catalogue';
import { assortmentBody, assortmentChangeBody } from '../contract/location-facts';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Set-up';
const path = '/v1/locations/{id}/assortment';
const firstPage = { 200: { description: 'The first page of what it carries now', schema: assortmentList } };

export const assortmentOperations = ({ catalogue }: Services): Operation[] => [
  defineOperation({
    id: 'replaceAssortment',
    tag,
    summary: 'Say what a location carries; it counts where its assortment is `listed`',
    method: 'put',
    path,
    params: locationParams,
    body: assortmentBody,
    responses: firstPage,
    handle: async ({ params, body }) => ({
      status: 200,
      body: await catalogue.replaceAssortment(params.id, body.skus),
    }),
  }),
  defineOperation({
    id: 'changeAssortment',
    tag,
    summary: 'Add to what a location carries, and take away from it',
    method: 'post',
    path,
    params: locationParams,
    body: assortmentChangeBody,
    hasEffects: true,
    responses: firstPage,
    handle: async ({ params, body }) => ({
      status: 200,
      body: await catalogue.changeAssortment(params.id, body),
    }),
  }),
  defineOperation({
    id: 'listAssortment',
    tag,
    summary: 'What a location carries by its list',
    method: 'get',
    path,
    params: locationParams,
    query: pagingQuery,
    responses: { 200: { description: 'A page of SKUs', schema: assortmentList } },
    handle: async ({ params, query }) => ({
      status: 200,
      body: await catalogue.listAssortment(params.id, query),
    }),
  }),
];
