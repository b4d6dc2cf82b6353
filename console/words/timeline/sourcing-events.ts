import { dayText } from '../../../domain/promise/day-text';
import type { Data, Tellers } from './event-data';

/** Who supplies an order, and what is done about pieces that nobody has. */
export const sourcingEvents: Tellers = {
  orderSourced: (data) => ['Locations chosen', data.text('summary')],
  sourcedAgain: (data) => [`Sourced again: ${data.lines()}`, 'By the rules of that moment'],
  backordered: (data) => ['Waiting for stock', data.lines(), 'warn'],
  backorderUpdated: (data) => ['The customer was told a new date', datesOf(data)],
  backorderAllocated: (data) => [
    `Stock came in for ${data.number('quantity')} × ${data.text('sku')}`,
    `at ${data.place()}`,
    'good',
  ],
  backorderGivenUp: (data) => [
    `Given up: ${data.lines() || data.text('sku')}`,
    whyGivenUp[data.text('because')] ?? 'No stock came in time',
    'bad',
  ],
  transfersRequested: (data, { locationName }) => [
    `${locationName(data.text('toLocationId'))} collects what others send`,
    data.lines(),
    'busy',
  ],
  notSent: (data) => [`${data.lines()} are not sent after all: others are asked`, undefined, 'warn'],
  nobodySends: (data) => [
    `${data.text('instead') ? 'Nobody else' : 'Nobody'} can send ${data.lines()}`,
    undefined,
    'warn',
  ],
  transfersReduced: (data) => ['What is not needed any more is not sent', data.lines()],
  needsPerson: (data) => [`Somebody has to decide on ${data.lines()}`, data.text('because'), 'bad'],
  purchaseRequested: (data) => [`${data.text('owner')} is asked to buy`, data.lines(), 'warn'],
  purchaseOrdered: (data) => [
    `Ordered from ${data.text('supplierId')}: ${data.number('quantity')} × ${data.text('sku')}`,
    'A draft, to be sent',
    'good',
  ],
  purchaseRefused: (data) => [
    `Will not be bought: ${data.number('quantity')} × ${data.text('sku')}`,
    data.text('reason'),
    'bad',
  ],
};

const datesOf = (data: Data): string =>
  data
    .list('changes')
    .map(({ sku, quantity, expectedAt }) => {
      const date = expectedAt == null ? 'no date' : `by ${dayText(String(expectedAt).slice(0, 10))}`;
      return `${String(quantity)} × ${String(sku)} ${date}`;
    })
    .join(', ');

const whyGivenUp: Record<string, string> = {
  rules: 'The sourcing rules let nothing wait',
  refused: 'Purchasing refused to buy it',
};
