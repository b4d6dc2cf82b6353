import type { OfferEnd } from '../../../domain/catalogue/offer-end';
import { offerEndWords } from '../offer-ends';
import type { Tellers } from './event-data';

/** What the customer was offered instead. */
export const offerEvents: Tellers = {
  alternativeOffered: (data) => [
    'Something else was offered to the customer',
    data
      .list('offers')
      .map(
        ({ sku, quantity, options }) =>
          `${String(quantity)} × ${String(sku)}: ${[options].flat().join(', ')}`,
      )
      .join('; '),
    'warn',
  ],
  alternativeNotFound: () => ['Nothing could be offered instead', undefined, 'warn'],
  alternativeGone: (data) => ['What the customer chose was gone', data.text('gone'), 'warn'],
  alternativeAccepted: (data) => [
    'The customer took something else',
    [
      `${data.number('quantity')} × ${data.text('sku')} → ${data.text('by')}`,
      `the order now comes to ${data.money('total')}`,
      data.text('reason'),
    ]
      .filter(Boolean)
      .join(' · '),
    'good',
  ],
  alternativeRefused: (data) => ['The customer wants nothing else', data.text('reason')],
  alternativeWithdrawn: (data) => [
    'An offer ended, for its pieces are not there any more as they were',
    `${data.number('quantity')} × ${data.text('sku')}: ${offerEndWords[data.text('because') as OfferEnd]}`,
  ],
  alternativeExpired: (data) => ['Nobody answered the offer in time', data.text('sku'), 'warn'],
};
