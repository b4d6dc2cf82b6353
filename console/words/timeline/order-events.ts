import { wordsOfChanges } from '../changes';
import type { Tellers } from './event-data';

const endsOfEdits: Record<string, string> = {
  notPaid: 'its money did not come in time',
  withdrawn: 'it was taken back',
  overtaken: 'its money came too late',
};

/** What becomes of the order as a whole. */
export const orderEvents: Tellers = {
  orderPlaced: (data) => [`Order placed`, data.money('total')],
  holdPlaced: (data) => [
    'Put on hold',
    [data.text('reason'), data.text('because')].filter(Boolean).join(' · '),
    'warn',
  ],
  holdReleased: (data) => [
    'Hold released',
    data
      .list('holds')
      .map(({ reason }) => String(reason))
      .join(', '),
  ],
  holdOverdue: () => ['Nobody released the hold in time', undefined, 'warn'],
  reservationUsed: () => 'The pieces held for the cart became the order’s',
  reservationNotUsed: (data) => ['Went on without the cart’s reservation', data.text('because'), 'warn'],
  orderConfirmed: (data) =>
    data.list('backordered').length > 0
      ? ['Order confirmed', 'Some pieces wait for stock', 'warn']
      : ['Order confirmed', undefined, 'good'],
  promiseChanged: (data) => [
    'The customer was told a later day',
    `${data.text('before')} → ${data.text('latest')}`,
    'warn',
  ],
  orderEdited: (data) => [
    `Order changed: ${wordsOfChanges(data.list('changes')).join(', ')}`,
    data.text('reason'),
  ],
  editDeclined: (data) => [
    'A change was not made: the provider declined what it costs more',
    data.text('message'),
    'warn',
  ],
  editAwaitsPayment: (data) => [
    `A change waits for a bank transfer of ${data.money('amount')}: ${wordsOfChanges(data.list('changes')).join(', ')}`,
    data.text('reason'),
    'warn',
  ],
  editReminded: () => 'The customer was reminded of what a change costs',
  editNotMade: (data) => [
    `A change was not made: ${endsOfEdits[data.text('outcome') ?? ''] ?? 'it could not be'}`,
    data.text('because'),
    'warn',
  ],
  linesCancelled: (data) => [`Cancelled: ${data.lines()}`, data.text('reason'), 'warn'],
  orderCancelled: (data) => ['Order cancelled', data.text('reason'), 'bad'],
  orderCompleted: () => ['Order completed', undefined, 'good'],
};
