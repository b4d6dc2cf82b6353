import {
  orderRequestBody,
  purchaseRequestList,
  purchaseRequestOut,
  purchaseRequestParams,
  purchaseRequestsQuery,
  refuseRequestBody,
} from '../contract/purchase-requests';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Purchasing';
const params = purchaseRequestParams;
const fresh = { 200: { description: 'The request as it is now', schema: purchaseRequestOut } };

export const purchaseRequestOperations = ({ purchaseRequests }: Services): Operation[] => [
  defineOperation({
    id: 'listPurchaseRequests',
    tag,
    summary: 'What waiting orders need to be bought; those to be answered first come first',
    description: 'Made where the sourcing rules say `purchaseRequest`, for each line that waits.',
    method: 'get',
    path: '/v1/purchase-requests',
    query: purchaseRequestsQuery,
    responses: { 200: { description: 'A page of requests', schema: purchaseRequestList } },
    handle: async ({ query }) => ({ status: 200, body: await purchaseRequests.list(query) }),
  }),
  defineOperation({
    id: 'findPurchaseRequest',
    tag,
    summary: 'A purchase request',
    method: 'get',
    path: '/v1/purchase-requests/{id}',
    params,
    responses: fresh,
    handle: async ({ params: { id } }) => ({ status: 200, body: await purchaseRequests.find(id) }),
  }),
  defineOperation({
    id: 'orderPurchaseRequest',
    tag,
    summary: 'Answer a request with a draft of a purchase order',
    description: 'When that is sent, its pieces are promised to the lines that wait, in their order.',
    method: 'post',
    path: '/v1/purchase-requests/{id}/order',
    params,
    body: orderRequestBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body, requestKey }) => ({
      status: 200,
      body: await purchaseRequests.order(principal, id, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'refusePurchaseRequest',
    tag,
    summary: 'Answer that nothing is bought: the pieces are given up and the customer is told',
    method: 'post',
    path: '/v1/purchase-requests/{id}/refuse',
    params,
    body: refuseRequestBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await purchaseRequests.refuse(principal, id, body.reason),
    }),
  }),
];
