import { locationParams } from '../contract/catalogue';
import {
  reorderPointBody,
  reorderPointList,
  reorderPointOut,
  reorderPointParams,
  reorderPointsQuery,
  reorderProposalList,
  reorderProposalsQuery,
  replenishmentOut,
} from '../contract/reorder';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Purchasing';

export const reorderOperations = ({ reorder, replenishment }: Services): Operation[] => [
  defineOperation({
    id: 'saveReorderPoint',
    tag,
    summary: 'Set when and how far a SKU is filled up at a location',
    description:
      'Held against the point is the inventory position: on hand and not spoken for, plus what is to come, less ' +
      'what is owed to lines that wait. Computed: point = d·L + z·σ·√L, target = point + d·coverDays, with d and σ ' +
      'mean and deviation of the pieces sold in a day, L the lead time of the supplier in days, z by service level.',
    method: 'put',
    path: '/v1/reorder-points/{locationId}/{sku}',
    params: reorderPointParams,
    body: reorderPointBody,
    responses: { 200: { description: 'The reorder point as it is now', schema: reorderPointOut } },
    handle: async ({ params, body }) => ({ status: 200, body: await reorder.savePoint(params, body) }),
  }),
  defineOperation({
    id: 'listReorderPoints',
    tag,
    summary: 'Reorder points by SKU and location',
    method: 'get',
    path: '/v1/reorder-points',
    query: reorderPointsQuery,
    responses: { 200: { description: 'A page of reorder points', schema: reorderPointList } },
    handle: async ({ query }) => ({ status: 200, body: await reorder.listPoints(query) }),
  }),
  defineOperation({
    id: 'suggestReplenishment',
    tag,
    summary: 'What a location could order from the network, by its reorder points',
    description:
      'Suggested is what fills it up to its target, once what is free there, incoming, and ordered by internal orders ' +
      'has fallen to the point. Ordered it is with `POST /v1/orders` by a channel of type `internal`.',
    method: 'get',
    path: '/v1/locations/{id}/replenishment',
    params: locationParams,
    responses: { 200: { description: 'By SKU', schema: replenishmentOut } },
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await replenishment.suggest(principal, id),
    }),
  }),
  defineOperation({
    id: 'listReorderProposals',
    tag,
    summary: 'What fell to its reorder point, why, and what became of it; the newest first',
    method: 'get',
    path: '/v1/reorder-proposals',
    query: reorderProposalsQuery,
    responses: { 200: { description: 'A page of proposals', schema: reorderProposalList } },
    handle: async ({ query }) => ({ status: 200, body: await reorder.listProposals(query) }),
  }),
];
