import {
  cancelTransferBody,
  receiveTransferBody,
  shipTransferBody,
  stockTransferBody,
  stockTransferList,
  stockTransferOut,
  stockTransferParams,
  stockTransferQuery,
} from '../contract/stock-transfers';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Stock';
const params = stockTransferParams;
const fresh = { 200: { description: 'The transfer as it is now', schema: stockTransferOut } };

export const stockTransferOperations = ({ stockTransfers }: Services): Operation[] => [
  defineOperation({
    id: 'requestStockTransfer',
    tag,
    summary: 'Ask a location to send stock to another',
    description:
      'The pieces are held from now on; all of them or none. For stores next door there is the movement `transfer`.',
    method: 'post',
    path: '/v1/transfers',
    body: stockTransferBody,
    hasEffects: true,
    responses: { 201: { description: 'The transfer', schema: stockTransferOut } },
    handle: async ({ principal, body, requestKey }) => ({
      status: 201,
      body: await stockTransfers.request(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'listStockTransfers',
    tag,
    summary: 'Transfers of stock, the newest first',
    method: 'get',
    path: '/v1/transfers',
    query: stockTransferQuery,
    responses: { 200: { description: 'A page of transfers', schema: stockTransferList } },
    handle: async ({ principal, query }) => ({
      status: 200,
      body: await stockTransfers.list(query, principal),
    }),
  }),
  defineOperation({
    id: 'findStockTransfer',
    tag,
    summary: 'A transfer of stock',
    method: 'get',
    path: '/v1/transfers/{id}',
    params,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await stockTransfers.find(id, principal),
    }),
  }),
  defineOperation({
    id: 'shipStockTransfer',
    tag,
    summary: 'The pieces have left: they are incoming where they go to',
    method: 'post',
    path: '/v1/transfers/{id}/ship',
    params,
    body: shipTransferBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await stockTransfers.ship(principal, id, body.expectedAt),
    }),
  }),
  defineOperation({
    id: 'receiveStockTransfer',
    tag,
    summary: 'Pieces have arrived, all or some; what is missing can be written off',
    method: 'post',
    path: '/v1/transfers/{id}/receive',
    params,
    body: receiveTransferBody,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body, requestKey }) => ({
      status: 200,
      body: await stockTransfers.receive(principal, id, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'cancelStockTransfer',
    tag,
    summary: 'Nothing will be sent: the pieces are free again',
    method: 'post',
    path: '/v1/transfers/{id}/cancel',
    params,
    body: cancelTransferBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await stockTransfers.cancel(principal, id, body),
    }),
  }),
];
