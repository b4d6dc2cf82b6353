import {
  availabilityOut,
  availabilityQuery,
  entriesOut,
  incomingBody,
  ledgerList,
  ledgerQuery,
  pastStockOut,
  pastStockQuery,
  movementsBody,
  safetyBody,
  stockList,
  stockQuery,
} from '../contract/stock';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Stock';
const eachByItself = { 200: { description: 'An answer for each entry, in their order', schema: entriesOut } };

export const stockOperations = ({ stock, availability }: Services): Operation[] => [
  defineOperation({
    id: 'readAvailability',
    tag,
    summary: 'What can be sold now, where, and what is on its way',
    method: 'get',
    path: '/v1/availability',
    query: availabilityQuery,
    responses: { 200: { description: 'An entry for each SKU', schema: availabilityOut } },
    handle: async ({ principal, query }) => ({
      status: 200,
      body: await availability.read(principal, query),
    }),
  }),
  defineOperation({
    id: 'readStock',
    tag,
    summary: 'Stock by SKU and location',
    method: 'get',
    path: '/v1/stock',
    query: stockQuery,
    responses: { 200: { description: 'A page of stock levels', schema: stockList } },
    handle: async ({ query }) => ({ status: 200, body: await stock.list(query) }),
  }),
  defineOperation({
    id: 'readPastStock',
    tag,
    summary: 'What was available at an earlier moment, by SKU and location',
    description: 'Rebuilt from the stock ledger, without what channels are kept back from.',
    method: 'get',
    path: '/v1/stock/past',
    query: pastStockQuery,
    responses: { 200: { description: 'The stock as it was', schema: pastStockOut } },
    handle: async ({ query }) => ({ status: 200, body: await stock.readPast(query) }),
  }),
  defineOperation({
    id: 'listLedger',
    tag,
    summary: 'Why the counters are what they are: every change of stock, the newest first',
    method: 'get',
    path: '/v1/stock/movements',
    query: ledgerQuery,
    responses: { 200: { description: 'A page of the stock ledger', schema: ledgerList } },
    handle: async ({ query }) => ({ status: 200, body: await stock.listLedger(query) }),
  }),
  defineOperation({
    id: 'recordMovements',
    tag,
    summary: 'Goods received, counted, corrected or moved',
    description:
      'Each entry is answered by itself: one that is refused does not spoil the others. ' +
      'Pieces are put aside as unsellable by `quarantine`, found good again by `reinstate`, thrown away by `scrap`. ' +
      'A `count` that tells the version it saw is `stale` when pieces were moved since. ' +
      'A key of a store counts its own shelves, and records nothing else.',
    method: 'post',
    path: '/v1/stock/movements',
    body: movementsBody,
    hasEffects: true,
    responses: eachByItself,
    handle: async ({ principal, body, requestKey }) => ({
      status: 200,
      body: await stock.recordMovements(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'recordIncoming',
    tag,
    summary: 'Announce supply that is on its way',
    description: 'A receipt that names the same reference takes the pieces from here.',
    method: 'post',
    path: '/v1/stock/incoming',
    body: incomingBody,
    hasEffects: true,
    responses: eachByItself,
    handle: async ({ principal, body, requestKey }) => ({
      status: 200,
      body: await stock.recordIncoming(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'setSafetyStock',
    tag,
    summary: 'Set what is kept back at a location',
    description: 'An entry that tells what it `was` is `stale` when somebody else has set it since.',
    method: 'put',
    path: '/v1/stock/safety',
    body: safetyBody,
    responses: eachByItself,
    handle: async ({ principal, body, requestKey }) => ({
      status: 200,
      body: await stock.setSafetyStock(principal, body, requestKey),
    }),
  }),
];
