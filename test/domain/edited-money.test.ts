import fc from 'fast-check';
import { money } from '../../domain/money';
import type { Tender, TenderMethod } from '../../domain/order/types';
import { planEditedMoney } from '../../domain/payment/edited-money';
import type { AskedTender, EditedPayment } from '../../domain/payment/edited-payment';

interface Books {
  tenders: Tender[];
  payments: EditedPayment[];
  givenBack: number;
}

const eur = (amount: number) => money(amount, 'EUR');
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const tendered = ({ tenders }: Books): number => sum(tenders.map(({ amount }) => amount.amount));

/** Money of ours at once, as a till or a transfer that came. */
const isPaidAtOnce = (method: TenderMethod): boolean => ['till', 'bankTransfer'].includes(method);

function paymentOf(id: string, { method, token, instalments }: AskedTender, amount: number): EditedPayment {
  const captured = isPaidAtOnce(method) ? amount : 0;
  return {
    ...{ id, method, token, instalments, amount, captured, authorized: amount, refunded: 0 },
    ...{ status: captured > 0 ? 'captured' : 'authorized', capturing: 0, refunding: 0, forEdit: null },
  };
}

/** The books after an edit to a total came into force and all that follows from it was done; null when refused. */
function edited(books: Books, total: number, nth: number, named?: AskedTender): Books | null {
  const newPaymentId = `p-new-${nth}`;
  const about = { currency: 'EUR', total, worth: total, newPaymentId, ...(named && { named }) };
  const plan = planEditedMoney({ ...about, ...books });
  if (plan.outcome !== 'planned') return null;
  const { authorize, amounts, refunds, voids, tenders } = plan;
  const after = books.payments.map((payment) => {
    const refunded = sum(
      refunds.filter(({ paymentId }) => paymentId === payment.id).map((each) => each.amount),
    );
    const voided = sum(voids.filter(({ paymentId }) => paymentId === payment.id).map((each) => each.amount));
    const authorized = payment.authorized - voided;
    const amount = amounts.find(({ paymentId }) => paymentId === payment.id)?.amount ?? payment.amount;
    return {
      ...{ ...payment, authorized, amount: Math.max(1, amount), refunded: payment.refunded + refunded },
      status: authorized === 0 ? 'voided' : payment.status,
    };
  });
  return {
    tenders,
    payments: [...after, ...(authorize ? [paymentOf(newPaymentId, authorize, authorize.amount)] : [])],
    givenBack: books.givenBack + sum(refunds.map(({ amount }) => amount)),
  };
}

const methods = fc.constantFrom<TenderMethod>(
  'card',
  'bankTransfer',
  'till',
  'onAccount',
  'giftCard',
  'cashOnDelivery',
);
const step = fc.record({ total: fc.integer({ min: 1, max: 20_000 }), named: fc.option(methods) });

test('whatever an order was paid with and however it changes, its tenders sum to its total and are covered', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ method: methods, amount: fc.integer({ min: 1, max: 9_000 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(step, { minLength: 1, maxLength: 8 }),
      (first, steps) => {
        let books: Books = {
          tenders: first.map(({ method, amount }, at) => ({ id: `p-${at}`, method, amount: eur(amount) })),
          payments: first.map(({ method, amount }, at) =>
            paymentOf(`p-${at}`, { method, token: null, instalments: null }, amount),
          ),
          givenBack: 0,
        };
        for (const [nth, { total, named }] of steps.entries()) {
          const isDearer = total > tendered(books);
          const tender = named && isDearer ? { method: named, token: 't', instalments: null } : undefined;
          const after = edited(books, total, nth, tender) ?? edited(books, total, nth);
          if (!after) {
            expect(
              isDearer && !books.payments.some((each) => each.status !== 'voided' && each.method !== 'till'),
            ).toBe(true);
            continue;
          }
          books = after;
          expect(tendered(books)).toBe(total);
          const held = sum(books.payments.map(({ authorized, captured }) => Math.max(authorized, captured)));
          expect(held - books.givenBack).toBeGreaterThanOrEqual(total);
          const ours = sum(books.payments.map(({ captured }) => captured)) - books.givenBack;
          expect(ours).toBeLessThanOrEqual(total);
          for (const { refunded, captured, authorized } of books.payments) {
            expect(refunded).toBeLessThanOrEqual(captured);
            expect(captured).toBeLessThanOrEqual(authorized);
          }
        }
      },
    ),
  );
});
