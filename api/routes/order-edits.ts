import { editBody, editPreviewOut, orderVersionList } from '../contract/edits';
import { orderOut } from '../contract/order-answer';
import { orderParams } from '../contract/orders';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Orders';
const description =
  'Pieces, lines, address and delivery, as long as what is affected is not packed: all of it, or nothing. More money ' +
  'is asked of the same tender first; what is too much goes back. The customer gets a mail.';

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
    responses: { 200: { description: 'The order as it is now', schema: orderOut } },
    handle: async ({ principal, params, body, requestKey }) => ({
      status: 200,
      body: await edits.edit(principal, params.id, body, requestKey),
    }),
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
