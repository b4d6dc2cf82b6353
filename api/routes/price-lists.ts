import {
  listPriceList,
  priceChangeBody,
  priceListBody,
  priceListList,
  priceListOut,
  priceListParams,
  pricesQuery,
} from '../contract/accounts';
import { pagingQuery } from '../contract/catalogue';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Accounts';
const params = priceListParams;

export const priceListOperations = ({ priceLists }: Services): Operation[] => [
  defineOperation({
    id: 'savePriceList',
    tag,
    summary: 'Create a price list or replace it whole',
    description:
      'In force is the price that began last and has not ended. An order of an account with a list is refused when a ' +
      'price is not that of the list; orders that were taken in keep theirs.',
    method: 'put',
    path: '/v1/price-lists/{code}',
    params,
    body: priceListBody,
    responses: { 200: { description: 'The list', schema: priceListOut } },
    handle: async ({ params: { code }, body }) => ({ status: 200, body: await priceLists.save(code, body) }),
  }),
  defineOperation({
    id: 'findPriceList',
    tag,
    summary: 'A price list',
    method: 'get',
    path: '/v1/price-lists/{code}',
    params,
    responses: { 200: { description: 'The list', schema: priceListOut } },
    handle: async ({ principal, params: { code } }) => ({
      status: 200,
      body: await priceLists.find(principal, code),
    }),
  }),
  defineOperation({
    id: 'listPriceLists',
    tag,
    summary: 'Price lists by code',
    method: 'get',
    path: '/v1/price-lists',
    query: pagingQuery,
    responses: { 200: { description: 'A page of lists', schema: priceListList } },
    handle: async ({ query }) => ({ status: 200, body: await priceLists.list(query) }),
  }),
  defineOperation({
    id: 'changePrices',
    tag,
    summary: 'Add prices to a list, change some and take others out',
    description: 'All of it or nothing. Prices that are not named stay.',
    method: 'post',
    path: '/v1/price-lists/{code}/prices',
    params,
    body: priceChangeBody,
    hasEffects: true,
    responses: { 200: { description: 'The list', schema: priceListOut } },
    handle: async ({ principal, params: { code }, body }) => ({
      status: 200,
      body: await priceLists.change(principal, code, body),
    }),
  }),
  defineOperation({
    id: 'listPrices',
    tag,
    summary: 'The prices of a list, by SKU',
    method: 'get',
    path: '/v1/price-lists/{code}/prices',
    params,
    query: pricesQuery,
    responses: { 200: { description: 'A page of prices', schema: listPriceList } },
    handle: async ({ principal, params: { code }, query }) => ({
      status: 200,
      body: await priceLists.listPrices(principal, code, query),
    }),
  }),
];
