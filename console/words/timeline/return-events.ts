import { nameOfState } from '../tones';
import type { Tellers } from './event-data';

/** Goods on their way back. */
export const returnEvents: Tellers = {
  returnRequested: (data) => ['Return requested', data.lines()],
  returnLabelSent: (data) => ['Return label sent', data.text('trackingNumber')],
  returnParcelReported: (data) => [
    `Return parcel ${nameOfState(data.text('status'))}`,
    data.text('trackingNumber'),
  ],
  returnReceived: (data) => `Return received at ${data.place()}`,
  returnInspected: (data) => ['Return inspected', data.lines()],
  returnExpired: () => ['Return closed: the goods did not arrive', undefined, 'warn'],
  returnRejected: () => ['Return rejected: nothing is refunded', undefined, 'bad'],
  inspectionLate: () => ['The returned goods still wait to be inspected', undefined, 'warn'],
};
