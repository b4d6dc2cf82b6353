import { amountsOf } from './amounts';
import type { Tellers } from './event-data';

/** Money that came or went back. */
export const moneyEvents: Tellers = {
  paymentCaptured: (data) => ['Payment captured', amountsOf(data), 'good'],
  captureDeclined: (data) => ['The provider declined the capture', data.text('message'), 'bad'],
  transferReceived: (data) => [
    `Bank transfer received: ${data.money('amount')}`,
    data.text('reference'),
    'good',
  ],
  moneyGivenBack: (data) =>
    data.number('refunded') > 0
      ? `Money returned: ${data.money('refunded')}`
      : 'No money was taken, none to return',
  excessGivenBack: (data) => `Returned what was not supplied: ${data.money('refunded')}`,
  refundDeclined: (data) => ['The provider declined the refund', data.text('message'), 'bad'],
  refunded: (data) => [`Refunded ${data.money('amount')}`, amountsOf(data), 'good'],
};
