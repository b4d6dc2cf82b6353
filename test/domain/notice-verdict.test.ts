import { judgeNotice, type NoticeFacts } from '../../domain/payment/notice-verdict';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const payment = {
  orderNumber: '100001',
  status: 'authorized',
  reference: 'auth_1',
  amount: 2500,
  captured: 0,
  refunded: 0,
  currency: 'EUR',
};
const notice = {
  kind: 'capture' as const,
  isDeclined: false,
  reference: 'cap_1',
  authorization: 'auth_1',
  amount: eur(2500),
};
const movement = { kind: 'capture', amount: 2500, state: 'open' as const, reference: null };
const judge = (more: {
  notice?: Partial<NoticeFacts['notice']>;
  payment?: Partial<typeof payment> | null;
  movement?: Partial<NonNullable<NoticeFacts['movement']>> | null;
}) =>
  judgeNotice({
    notice: { ...notice, ...more.notice },
    payment: more.payment === null ? null : { ...payment, ...more.payment },
    movement: more.movement === null ? null : { ...movement, ...more.movement },
  });
const asked = { kind: 'authorize' as const, reference: 'auth_1' };

test.each<[string, Parameters<typeof judge>[0], string]>([
  ['what we asked for and heard no answer to', {}, 'settled'],
  ['what our books have', { movement: { state: 'done', reference: 'cap_1' } }, 'agreed'],
  [
    'the same capture under another reference',
    { movement: { state: 'done', reference: 'cap_0' } },
    'finding',
  ],
  ['another amount', { notice: { amount: eur(2400) } }, 'finding'],
  ['another currency', { notice: { amount: { amount: 2500, currency: 'USD' } } }, 'finding'],
  ['a capture that we gave up', { movement: { state: 'givenUp' } }, 'finding'],
  ['what we never asked for', { movement: null }, 'finding'],
  ['what is of nobody', { payment: null, movement: null }, 'finding'],
  ['a refund under the key of a capture', { notice: { kind: 'refund' } }, 'finding'],
  ['a refused capture, which its step heard', { notice: { isDeclined: true } }, 'agreed'],
  ['a dispute', { notice: { kind: 'dispute' } }, 'finding'],
  [
    'a void, whatever it freed',
    { notice: { kind: 'void' }, movement: { kind: 'void', amount: 0 } },
    'settled',
  ],
  [
    'a void that is in our books',
    { notice: { kind: 'void' }, movement: { kind: 'void', amount: 0, state: 'done', reference: 'void' } },
    'agreed',
  ],
  [
    'an authorisation without an answer so far',
    { notice: asked, payment: { status: 'pending', reference: null as never }, movement: null },
    'settled',
  ],
  ['an authorisation that we know', { notice: asked, movement: null }, 'agreed'],
  [
    'an authorisation of another amount',
    {
      notice: { ...asked, amount: eur(1) },
      payment: { status: 'pending', reference: null as never },
      movement: null,
    },
    'finding',
  ],
  [
    'an authorisation that was let go before it was heard of',
    { notice: asked, payment: { status: 'voided', reference: null as never }, movement: null },
    'agreed',
  ],
  ['a second authorisation', { notice: { ...asked, reference: 'auth_2' }, movement: null }, 'finding'],
])('%s', (_what, facts, outcome) => {
  const verdict = judge(facts);
  expect(verdict.outcome).toBe(outcome);
  // Words that a person can act on: which order, how much, what to do.
  if (verdict.outcome === 'finding') expect(verdict.finding).toMatch(/€|USD|\$/);
});
