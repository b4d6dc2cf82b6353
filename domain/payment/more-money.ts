import type { TenderMethod } from '../order/types';
import { inOrderOf } from './capture-plan';
import { isLive, isOpen, type AskedTender, type EditedPayment } from './edited-payment';

/** Who is asked for what an order comes to more than is held. */
export type MoreMoney =
  /** It was not asked for yet: it is meant for more. */
  | { how: 'raise'; paymentId: string }
  /** A payment of its own, before anything changes. */
  | { how: 'ask'; tender: AskedTender }
  | { how: 'refuse'; because: string };

/** Whom more can be asked of: who answers at once and costs the customer least trouble first, a balance that may be used up last. */
const askable: readonly TenderMethod[] = [
  'card',
  'paypal',
  'instalments',
  'cashOnDelivery',
  'onAccount',
  'bankTransfer',
  'giftCard',
  'storeCredit',
];

/** Whether an order with these tenders can be asked for more at once. */
export const canPayMore = (tenders: readonly { method: TenderMethod }[]): boolean =>
  tenders.some(({ method }) => atOnce.includes(method));

const atOnce: readonly TenderMethod[] = ['card', 'paypal', 'instalments', 'cashOnDelivery', 'onAccount'];

/** The tender that whoever asks has named; else one that was not asked for yet; else the first that can be asked. */
export function whoPaysMore(payments: readonly EditedPayment[], named: AskedTender | undefined): MoreMoney {
  if (named) return { how: 'ask', tender: named };
  const open = payments.find((payment) => isOpen(payment) && payment.method !== 'giftCard');
  if (open) return { how: 'raise', paymentId: open.id };
  const live = payments.filter((each) => isLive(each));
  const asked = inOrderOf(
    askable,
    live.filter(({ method }) => askable.includes(method)),
  )[0];
  if (asked)
    return {
      how: 'ask',
      tender: { method: asked.method, token: asked.token, instalments: asked.instalments },
    };
  const isTill = live.some(({ method }) => method === 'till');
  return {
    how: 'refuse',
    because: isTill ? atTheTill : 'None of its tenders can be asked for more: name another',
  };
}

const atTheTill = 'It was paid at a till: take the rest there, and name its receipt as the tender';
