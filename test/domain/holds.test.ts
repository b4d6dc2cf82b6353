import { holdTermsOf, holdTypes } from '../../domain/order/hold';
import { screen, type Screening } from '../../domain/order/screen';
import { defaultOrderSettings } from '../../domain/order/settings';
import type { OrderFacts } from '../../domain/rules/facts';
import { orderOf } from './support/placed-order';

const at = '2026-03-02T10:00:00.000Z';
const hourMs = 3_600_000;
const facts: OrderFacts = {
  country: 'IT',
  billingCountry: 'DE',
  paymentMethods: ['card'],
  value: { amount: 4_900, currency: 'EUR' },
  mode: 'ship',
  isFirstOrder: true,
  at,
  lines: [],
};
const screening = (more: Partial<Screening> = {}): Screening => ({
  order: orderOf(),
  settings: defaultOrderSettings,
  rules: [],
  facts,
  at,
  ...more,
});

test('every rule that matches holds the order, with what made it match; the others do not', () => {
  const holds = screen(
    screening({
      rules: [
        {
          when: { all: [{ billingCountry: 'other' }, { firstOrder: true }] },
          type: 'fraud',
          reason: 'New customer, billed elsewhere',
          owner: 'risk',
          withinMs: 4 * hourMs,
          then: 'tellOperations',
        },
        { when: { paymentMethod: ['paypal'] }, type: 'payment', reason: 'PayPal' },
        { when: { orderValue: { atLeast: 4_900, currency: 'EUR' } }, type: 'credit', reason: 'Large' },
      ],
    }),
  );
  expect(holds).toEqual([
    {
      key: 'rule:1',
      type: 'fraud',
      reason: 'New customer, billed elsewhere',
      because:
        'Rule 1 of the channel: billing country is "DE", delivery goes to "IT"; it is the customer\'s first order',
      owner: 'risk',
      until: '2026-03-02T14:00:00.000Z',
      then: 'tellOperations',
    },
    expect.objectContaining({ key: 'rule:3', owner: 'support', then: 'cancelOrder' }),
  ]);
});

test('a hold for credit names what is left of the limit, and what the order takes', () => {
  const tenders = [{ id: 'pay_1', method: 'onAccount' as const, amount: { amount: 4_900, currency: 'EUR' } }];
  const customer = { ...orderOf().customer, account: 'graz' };
  const order = { ...orderOf(), customer, tenders };
  expect(screen(screening({ order, creditLeft: 4_900 }))).toEqual([]);
  expect(screen(screening({ order, creditLeft: 4_899 }))).toMatchObject([
    {
      type: 'credit',
      reason:
        'The account graz has room for €48.99 more within its credit limit, and this order takes €49.00',
    },
  ]);
});

test('what nobody knows matches no rule', () => {
  const { isFirstOrder: _, ...unknown } = facts;
  const rules = [{ when: { firstOrder: true }, type: 'fraud' as const, reason: 'New' }];
  expect(screen(screening({ rules, facts: unknown }))).toEqual([]);
});

test('what was found ends the order unless the channel says otherwise; what a person placed never does', () => {
  expect(holdTypes.map((type) => holdTermsOf(type, defaultOrderSettings).then)).toEqual([
    'cancelOrder',
    'cancelOrder',
    'cancelOrder',
    'cancelOrder',
    'tellOperations',
  ]);
  const holdTerms = { manual: { owner: 'Giulia', withinMs: hourMs, then: 'cancelOrder' as const } };
  expect(holdTermsOf('manual', { ...defaultOrderSettings, holdTerms })).toEqual(holdTerms.manual);
});

test('goods that were carried out of a store are gone: nothing holds them', () => {
  const order = orderOf({ delivery: { mode: 'carryOut', locationId: 'store' } });
  const settings = { ...defaultOrderSettings, holdAbove: 0 };
  const rules = [{ when: { all: [] }, type: 'fraud' as const, reason: 'All' }];
  expect(screen(screening({ order, settings, rules }))).toEqual([]);
});
