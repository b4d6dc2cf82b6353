import {
  confirmBody,
  draftBody,
  giveUpBody,
  noticeBody,
  purchaseDocumentQuery,
  purchaseOrderBody,
  purchaseOrderList,
  purchaseOrderOut,
  purchaseOrderParams,
  purchaseOrdersQuery,
  receiveBody,
  sendBody,
} from '../contract/purchase-orders';
import { defineOperation, type Call, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Purchasing';
const params = purchaseOrderParams;
const fresh = { 200: { description: 'The purchase order as it is now', schema: purchaseOrderOut } };
const path = (action: string): string => `/v1/purchase-orders/{id}/${action}`;

const requestOf = ({ principal, params: { id }, requestKey }: Call<{ id: string }, unknown, unknown>) => ({
  ...{ principal, id },
  key: requestKey,
});

export const purchaseOrderOperations = (services: Services): Operation[] => [
  ...readingOperations(services),
  ...supplierSteps(services),
  ...arrivalSteps(services),
];

const readingOperations = ({ purchaseOrders }: Services): Operation[] => [
  defineOperation({
    id: 'createPurchaseOrder',
    tag,
    summary: 'Write a draft of a purchase order',
    description:
      'What the supplier does not list, or not in that quantity (its minimum and packs), needs a reason (`anyway`). ' +
      'What is refused names the line and the quantities next to it that are sold (`nearest`). A supplier without any ' +
      'item is asked for anything.',
    method: 'post',
    path: '/v1/purchase-orders',
    body: purchaseOrderBody,
    hasEffects: true,
    responses: { 201: { description: 'The draft', schema: purchaseOrderOut } },
    handle: async ({ principal, body, requestKey }) => ({
      status: 201,
      body: await purchaseOrders.create(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'listPurchaseOrders',
    tag,
    summary: 'Purchase orders, the newest first',
    method: 'get',
    path: '/v1/purchase-orders',
    query: purchaseOrdersQuery,
    responses: { 200: { description: 'A page of purchase orders', schema: purchaseOrderList } },
    handle: async ({ query }) => ({ status: 200, body: await purchaseOrders.list(query) }),
  }),
  defineOperation({
    id: 'findPurchaseOrder',
    tag,
    summary: 'A purchase order with its lines, receipts and story',
    method: 'get',
    path: '/v1/purchase-orders/{id}',
    params,
    responses: { 200: { description: 'The purchase order', schema: purchaseOrderOut } },
    handle: async ({ params: { id } }) => ({ status: 200, body: await purchaseOrders.find(id) }),
  }),
  defineOperation({
    id: 'readPurchaseOrderDocument',
    tag,
    summary: 'What is sent to the supplier',
    method: 'get',
    path: path('document'),
    params,
    query: purchaseDocumentQuery,
    responses: { 200: { description: 'The file', files: ['application/pdf', 'text/csv'] } },
    handle: async ({ params: { id }, query }) => ({
      status: 200,
      file: await purchaseOrders.document(id, query.format),
    }),
  }),
];

const supplierSteps = ({ purchaseOrders }: Services): Operation[] => [
  defineOperation({
    id: 'editPurchaseOrder',
    tag,
    summary: 'Change a draft',
    description:
      'As a whole or not at all, and only the version that you looked at. What you change or add is listed by ' +
      'the supplier and fits its minimum and packs, or comes with a reason (`anyway`). What was sent is not changed: its supplier confirms otherwise.',
    method: 'put',
    path: '/v1/purchase-orders/{id}',
    params,
    body: draftBody,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({ status: 200, body: await purchaseOrders.edit(requestOf(call), call.body) }),
  }),
  defineOperation({
    id: 'sendPurchaseOrder',
    tag,
    summary: 'Send the draft to its supplier',
    description:
      'By mail with PDF and CSV, where the supplier has an address. Its pieces are incoming from now on. Who has looked ' +
      'at it says what they saw.',
    method: 'post',
    path: path('send'),
    params,
    body: sendBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({ status: 200, body: await purchaseOrders.send(requestOf(call), call.body) }),
  }),
  defineOperation({
    id: 'confirmPurchaseOrder',
    tag,
    summary: 'The supplier confirms, with other quantities or dates if it must be',
    method: 'post',
    path: path('confirm'),
    params,
    body: confirmBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({ status: 200, body: await purchaseOrders.confirm(requestOf(call), call.body) }),
  }),
  defineOperation({
    id: 'noticePurchaseOrder',
    tag,
    summary: 'Advance ship notice: what is really on its way, and when it comes',
    description:
      "More than was ordered is expected up to the supplier's overPercent; beyond it nothing of the notice is, unless its " +
      'line says why (`anyway`).',
    method: 'post',
    path: path('notice'),
    params,
    body: noticeBody,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({ status: 200, body: await purchaseOrders.notice(requestOf(call), call.body) }),
  }),
];

const arrivalSteps = ({ purchaseOrders }: Services): Operation[] => [
  defineOperation({
    id: 'receivePurchaseOrder',
    tag,
    summary: 'Goods arrived',
    description:
      'As often as goods arrive. Damaged pieces are unsellable. More than expected is taken in up to the ' +
      "supplier's overPercent; beyond it nothing of the receipt is.",
    method: 'post',
    path: path('receive'),
    params,
    body: receiveBody,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({ status: 200, body: await purchaseOrders.receive(requestOf(call), call.body) }),
  }),
  defineOperation({
    id: 'closePurchaseOrder',
    tag,
    summary: 'Give up the rest of what came in part',
    method: 'post',
    path: path('close'),
    params,
    body: giveUpBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({
      status: 200,
      body: await purchaseOrders.close(requestOf(call), call.body.reason),
    }),
  }),
  defineOperation({
    id: 'cancelPurchaseOrder',
    tag,
    summary: 'Take back a purchase order of which nothing has come',
    method: 'post',
    path: path('cancel'),
    params,
    body: giveUpBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async (call) => ({
      status: 200,
      body: await purchaseOrders.cancel(requestOf(call), call.body.reason),
    }),
  }),
];
