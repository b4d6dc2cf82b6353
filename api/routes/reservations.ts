import { emptyBody } from '../contract/order-actions';
import { extendBody, reservationBody, reservationOut, reservationParams } from '../contract/reservations';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Stock';
const params = reservationParams;
const fresh = { 200: { description: 'The reservation as it is now', schema: reservationOut } };

export const reservationOperations = ({ reservations }: Services): Operation[] => [
  defineOperation({
    id: 'holdReservation',
    tag,
    summary: 'Hold pieces for a cart',
    description:
      'All of them or none; 409 tells what there is of each SKU. They are free again when the time is over. An order ' +
      'that names the reservation gets them.',
    method: 'post',
    path: '/v1/reservations',
    body: reservationBody,
    hasEffects: true,
    responses: { 201: { description: 'Held', schema: reservationOut } },
    handle: async ({ principal, body, requestKey }) => ({
      status: 201,
      body: await reservations.hold(principal, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'findReservation',
    tag,
    summary: 'What is held for a cart',
    method: 'get',
    path: '/v1/reservations/{id}',
    params,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await reservations.find(principal, id),
    }),
  }),
  defineOperation({
    id: 'extendReservation',
    tag,
    summary: 'Hold the pieces longer',
    method: 'post',
    path: '/v1/reservations/{id}/extend',
    params,
    body: extendBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id }, body }) => ({
      status: 200,
      body: await reservations.extend(principal, id, body.ttl),
    }),
  }),
  defineOperation({
    id: 'releaseReservation',
    tag,
    summary: 'Let the pieces go',
    method: 'post',
    path: '/v1/reservations/{id}/release',
    params,
    body: emptyBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: await reservations.release(principal, id),
    }),
  }),
];
