import {
  channelBody,
  channelList,
  channelOut,
  channelParams,
  giftCardBody,
  giftCardOut,
  giftCardParams,
  locationBody,
  locationList,
  locationOut,
  locationParams,
  pagingQuery,
  productBody,
  productList,
  productOut,
  productQuery,
  savedChannelOut,
  skuParams,
} from '../contract/catalogue';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Set-up';

export const catalogueOperations = (services: Services): Operation[] => [
  ...productOperations(services),
  ...locationOperations(services),
  ...channelOperations(services),
  ...giftCardOperations(services),
];

const productOperations = ({ catalogue }: Services): Operation[] => [
  defineOperation({
    id: 'saveProduct',
    tag,
    summary: 'Create or replace a product',
    method: 'put',
    path: '/v1/products/{sku}',
    params: skuParams,
    body: productBody,
    responses: { 200: { description: 'The product as it is now', schema: productOut } },
    handle: async ({ params, body }) => ({
      status: 200,
      body: await catalogue.saveProduct(params.sku, body),
    }),
  }),
  defineOperation({
    id: 'findProduct',
    tag,
    summary: 'A product',
    method: 'get',
    path: '/v1/products/{sku}',
    params: skuParams,
    responses: { 200: { description: 'The product', schema: productOut } },
    handle: async ({ params }) => ({ status: 200, body: await catalogue.findProduct(params.sku) }),
  }),
  defineOperation({
    id: 'listProducts',
    tag,
    summary: 'Products by SKU',
    method: 'get',
    path: '/v1/products',
    query: productQuery,
    responses: { 200: { description: 'A page of products', schema: productList } },
    handle: async ({ query }) => ({ status: 200, body: await catalogue.listProducts(query) }),
  }),
];

const locationOperations = ({ catalogue, availability }: Services): Operation[] => [
  defineOperation({
    id: 'saveLocation',
    tag,
    summary: 'Create or replace a location',
    method: 'put',
    path: '/v1/locations/{id}',
    params: locationParams,
    body: locationBody,
    responses: { 200: { description: 'The location as it is now', schema: locationOut } },
    async handle({ params, body }) {
      const saved = await catalogue.saveLocation(params.id, body);
      availability.forget();
      return { status: 200, body: saved };
    },
  }),
  defineOperation({
    id: 'findLocation',
    tag,
    summary: 'A location',
    method: 'get',
    path: '/v1/locations/{id}',
    params: locationParams,
    responses: { 200: { description: 'The location', schema: locationOut } },
    handle: async ({ params }) => ({ status: 200, body: await catalogue.findLocation(params.id) }),
  }),
  defineOperation({
    id: 'listLocations',
    tag,
    summary: 'Locations by id',
    method: 'get',
    path: '/v1/locations',
    query: pagingQuery,
    responses: { 200: { description: 'A page of locations', schema: locationList } },
    handle: async ({ query }) => ({ status: 200, body: await catalogue.listLocations(query) }),
  }),
];

const channelOperations = ({ catalogue }: Services): Operation[] => [
  defineOperation({
    id: 'saveChannel',
    tag,
    summary: 'Create or replace a channel',
    method: 'put',
    path: '/v1/channels/{code}',
    params: channelParams,
    body: channelBody,
    responses: { 200: { description: 'The channel as it is now', schema: savedChannelOut } },
    handle: async ({ params, body }) => ({
      status: 200,
      body: await catalogue.saveChannel(params.code, body),
    }),
  }),
  defineOperation({
    id: 'findChannel',
    tag,
    summary: 'A channel',
    method: 'get',
    path: '/v1/channels/{code}',
    params: channelParams,
    responses: { 200: { description: 'The channel', schema: channelOut } },
    handle: async ({ params }) => ({ status: 200, body: await catalogue.findChannel(params.code) }),
  }),
  defineOperation({
    id: 'listChannels',
    tag,
    summary: 'Channels by code',
    method: 'get',
    path: '/v1/channels',
    query: pagingQuery,
    responses: { 200: { description: 'A page of channels', schema: channelList } },
    handle: async ({ query }) => ({ status: 200, body: await catalogue.listChannels(query) }),
  }),
];

const giftCardOperations = ({ catalogue }: Services): Operation[] => [
  defineOperation({
    id: 'openGiftCard',
    tag,
    summary: 'Open a gift card with its first value',
    description:
      'The same code with the same value again changes nothing; with another value it is a conflict.',
    method: 'put',
    path: '/v1/gift-cards/{code}',
    params: giftCardParams,
    body: giftCardBody,
    responses: { 200: { description: 'The card as it is now', schema: giftCardOut } },
    handle: async ({ params, body }) => ({
      status: 200,
      body: await catalogue.openGiftCard(params.code, body.balance),
    }),
  }),
  defineOperation({
    id: 'findGiftCard',
    tag,
    summary: 'What a gift card or store credit is worth',
    method: 'get',
    path: '/v1/gift-cards/{code}',
    params: giftCardParams,
    responses: { 200: { description: 'The card', schema: giftCardOut } },
    handle: async ({ params }) => ({ status: 200, body: await catalogue.findGiftCard(params.code) }),
  }),
];
