import { emptyBody } from '../contract/order-actions';
import {
  stockAlertBody,
  stockAlertCountQuery,
  stockAlertCounts,
  stockAlertList,
  stockAlertOut,
  stockAlertParams,
  stockAlertQuery,
} from '../contract/stock-alerts';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Stock';
const params = stockAlertParams;
const fresh = { 200: { description: 'The alert as it is now', schema: stockAlertOut } };

export const stockAlertOperations = ({ stockAlerts }: Services): Operation[] => [
  defineOperation({
    id: 'askStockAlert',
    tag,
    summary: 'Tell a shopper when something is back',
    description:
      'A mail asks the owner of the address to confirm; once confirmed, one mail tells that it is back, and the ' +
      'address is forgotten. An address has one alert for a SKU: asked for again, it is changed.',
    method: 'post',
    path: '/v1/stock-alerts',
    body: stockAlertBody,
    hasEffects: true,
    responses: { 201: { description: 'It waits to be confirmed, or waits already', schema: stockAlertOut } },
    handle: async ({ principal, body, requestKey }) => ({
      status: 201,
      body: await stockAlerts.ask(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'listStockAlerts',
    tag,
    summary: 'Who waits for what, the newest first',
    method: 'get',
    path: '/v1/stock-alerts',
    query: stockAlertQuery,
    responses: { 200: { description: 'A page of alerts', schema: stockAlertList } },
    handle: async ({ principal, query }) => ({
      status: 200,
      body: await stockAlerts.list(principal, query),
    }),
  }),
  defineOperation({
    id: 'countStockAlerts',
    tag,
    summary: 'How many wait for what, those most waited for first',
    method: 'get',
    path: '/v1/stock-alerts/counts',
    query: stockAlertCountQuery,
    responses: { 200: { description: 'A page of SKUs that somebody waits for', schema: stockAlertCounts } },
    handle: async ({ principal, query }) => ({
      status: 200,
      body: await stockAlerts.count(principal, query),
    }),
  }),
  defineOperation({
    id: 'findStockAlert',
    tag,
    summary: 'What became of an alert',
    method: 'get',
    path: '/v1/stock-alerts/{id}',
    params,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await stockAlerts.find(principal, id),
    }),
  }),
  defineOperation({
    id: 'cancelStockAlert',
    tag,
    summary: 'Tell nothing any more',
    description: 'The address is forgotten. What is over stays as it ended.',
    method: 'post',
    path: '/v1/stock-alerts/{id}/cancel',
    params,
    body: emptyBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await stockAlerts.cancel(principal, id),
    }),
  }),
];
