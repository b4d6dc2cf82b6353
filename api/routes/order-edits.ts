import { editBody, editPreviewOut, orderVersionList } from '../contract/edits';
import { orderOut } from '../contract/order-answer';
import { orderParams } from '../contract/orders';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Orders';
const description =
  'Pieces, lines, addresses and deliveries, as long as what is affected is not packed: all of it, or nothing. An order ' +
  'may get other destinations, and lines go from one to another; an internal order to another place of ours. More money ' +
  'is asked first, of the tender that is named or of one of the order; a bank transfer is waited for, as ' +
  '`awaitedEdit`. What is too much goes back. The customer gets a mail.';

export const editOperations = ({ edits }: Services): Operation[] => [
  defineOperation({
    id: 'editOrder',
    tag,
    summary: 'Change an order that was placed',
    description,
    method: 'post',
    path: '/v1/orders/{id}/edits',
    params: orderParams,
    body: editBody,
    hasEffects: true,
    responses: {
      200: { description: 'The order as it is now', schema: orderOut },
      202: { description: 'Nothing has changed yet: the change waits for its money', schema: orderOut },
    },
    handle: async ({ principal, params, body, requestKey }) => {
      const order = await edits.edit(principal, params.id, body, requestKey);
      return { status: order.awaitedEdit === null ? 200 : 202, body: order };
    },
  }),

  defineOperation({
    id: 'previewEdit',
    tag,
    summary: 'What a change would do to stock, money and promise',
    description: 'Touches nothing. Send the version that is answered with the edit itself.',
    method: 'post',
    path: '/v1/orders/{id}/edits/preview',
    params: orderParams,
    body: editBody,
    responses: { 200: { description: 'What would become of it', schema: editPreviewOut } },
    handle: async ({ principal, params, body }) => ({
      status: 200,
      body: await edits.preview(principal, params.id, body, 'preview'),
    }),
  }),

  defineOperation({
    id: 'withdrawEdit',
    tag,
    summary: 'Take back a change that waits for its money',
    description: 'The order goes on as it was; what was transferred for the change goes back.',
    method: 'post',
    path: '/v1/orders/{id}/edits/withdraw',
    params: orderParams,
    hasEffects: true,
    responses: { 200: { description: 'The order as it is', schema: orderOut } },
    handle: async ({ principal, params, requestKey }) => ({
      status: 200,
      body: await edits.withdraw(principal, params.id, requestKey),
    }),
  }),

  defineOperation({
    id: 'listOrderVersions',
    tag,
    summary: 'An order as it was at any time: who changed it, when and why',
    method: 'get',
    path: '/v1/orders/{id}/versions',
    params: orderParams,
    responses: { 200: { description: 'Its versions, oldest first', schema: orderVersionList } },
    handle: async ({ principal, params }) => ({
      status: 200,
      body: await edits.versions(principal, params.id),
    }),
  }),
];
