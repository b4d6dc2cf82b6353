import {
  acceptOfferBody,
  offerList,
  offerOut,
  offerParams,
  ofOrder,
  refuseOfferBody,
} from '../contract/offers';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Orders';
const answered = { 200: { description: 'The offer as it is now', schema: offerOut } };

export const offerOperations = ({ offers }: Services): Operation[] => [
  defineOperation({
    id: 'listOffers',
    tag,
    summary: 'What the customer is offered for pieces that nobody has, or that come late',
    method: 'get',
    path: '/v1/orders/{id}/offers',
    params: ofOrder,
    responses: {
      200: { description: 'Every offer that was ever made, the newest first', schema: offerList },
    },
    handle: async ({ principal, params: { id } }) => ({
      status: 200,
      body: { items: await offers.list(principal, id) },
    }),
  }),
  defineOperation({
    id: 'askForOffers',
    tag,
    summary: 'Ask what there is instead of what waits for stock, or comes later than was told',
    description:
      'For a customer who would rather not wait: what can be had now is offered, without a mail, as long as the pieces ' +
      'wait. They keep their place meanwhile. Of `latePieces`, at work at a location, what would be there sooner is ' +
      'offered as long as they are not packed. 409 where nothing waits or is late, or there is nothing to offer.',
    method: 'post',
    path: '/v1/orders/{id}/offers',
    params: ofOrder,
    hasEffects: true,
    responses: { 200: { description: 'Every offer of the order, the newest first', schema: offerList } },
    handle: async ({ principal, params: { id }, requestKey }) => ({
      status: 200,
      body: { items: await offers.ask(principal, id, requestKey) },
    }),
  }),
  defineOperation({
    id: 'acceptOffer',
    tag,
    summary: 'Take one of the alternatives',
    description:
      'The pieces are replaced in the order and the stock is taken, all or nothing. What costs more is asked for first; ' +
      'when that is declined, the offer counts as refused, and its `reason` says so. ' +
      'What is gone meanwhile is 409, and the offer names what there is now; pieces that were packed meanwhile come as ' +
      'they were ordered (409), and `endedBecause` says so.',
    method: 'post',
    path: '/v1/orders/{id}/offers/{offerId}/accept',
    params: offerParams,
    body: acceptOfferBody,
    hasEffects: true,
    responses: answered,
    handle: async ({ principal, params: { id, offerId }, body, requestKey }) => ({
      status: 200,
      body: await offers.answer(principal, id, offerId, body, requestKey),
    }),
  }),
  defineOperation({
    id: 'refuseOffer',
    tag,
    summary: 'Take none of the alternatives',
    description: 'The pieces go on waiting for stock, or are cancelled: as the offer says in `otherwise`.',
    method: 'post',
    path: '/v1/orders/{id}/offers/{offerId}/refuse',
    params: offerParams,
    body: refuseOfferBody,
    isBodyOptional: true,
    hasEffects: true,
    responses: answered,
    handle: async ({ principal, params: { id, offerId }, body, requestKey }) => ({
      status: 200,
      body: await offers.answer(principal, id, offerId, body, requestKey),
    }),
  }),
];
