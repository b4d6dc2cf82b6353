import { formatMoney, money, type Money } from '../money';

/** What a provider reports, and what we know of it. */
export interface NoticeFacts {
  notice: {
    kind: 'authorize' | 'capture' | 'refund' | 'void' | 'dispute';
    isDeclined: boolean;
    reference: string;
    authorization: string;
    amount: Money;
  };
  /** Null when the notice belongs to none of our payments. */
  payment: {
    orderNumber: string;
    status: string;
    /** The provider's reference of the authorisation, as far as we have heard it. */
    reference: string | null;
    /** Minor units, as are the other figures. */
    amount: number;
    captured: number;
    refunded: number;
    currency: string;
  } | null;
  /** Our movement of the same key, or else of the same reference. */
  movement: {
    kind: string;
    amount: number;
    state: 'open' | 'done' | 'givenUp';
    reference: string | null;
  } | null;
}

export type NoticeVerdict =
  /** Our books say the same already. */
  | { outcome: 'agreed' }
  /** We asked for it and did not hear the answer: the notice is the answer. */
  | { outcome: 'settled' }
  /** Only a person can put it right; `finding` tells them what is known and what to do. */
  | { outcome: 'finding'; finding: string };

const names = {
  authorize: 'an authorisation',
  capture: 'a capture',
  refund: 'a refund',
  void: 'a void',
  dispute: 'a dispute',
};

/** Holds a provider's notice against our books. Late, repeated and unordered notices come to `agreed`. */
export function judgeNotice({ notice, payment, movement }: NoticeFacts): NoticeVerdict {
  const what = `${names[notice.kind]} of ${formatMoney(notice.amount, 'en')} (${notice.reference})`;
  if (payment === null)
    return finding(
      `The provider reports ${what} on authorisation ${notice.authorization}, which belongs to none of our ` +
        `payments. Look it up there: it may be of another shop on the same account, or of a test.`,
    );
  const order = `order ${payment.orderNumber}`;
  if (notice.kind === 'dispute')
    return finding(
      `The customer of ${order} disputes ${formatMoney(notice.amount, 'en')}. Answer it at the provider before its ` +
        `deadline, and do not refund the same money here meanwhile.`,
    );
  if (notice.amount.currency !== payment.currency)
    return finding(
      `The provider reports ${what} for ${order}, which is paid in ${payment.currency}. ${askThem}`,
    );
  if (notice.kind === 'authorize') return judgeAuthorization(notice, payment, what, order);
  if (notice.isDeclined) return { outcome: 'agreed' };
  if (movement === null)
    return finding(
      `The provider reports ${what} for ${order} that we never asked for: somebody may have made it in the ` +
        `provider's own console. Our books say ${books(payment)}. ${bringIn}`,
    );
  return judgeMovement(notice, movement, what, order);
}

const askThem = 'Ask the provider what it was.';
const bringIn = 'Find out who did it, and undo it there or tell finance: the order does not know of it.';

function judgeAuthorization(
  notice: NoticeFacts['notice'],
  payment: NonNullable<NoticeFacts['payment']>,
  what: string,
  order: string,
): NoticeVerdict {
  const isKnown = payment.reference === notice.reference;
  if (payment.status === 'pending' && !isKnown) {
    if (notice.isDeclined || notice.amount.amount === payment.amount) return { outcome: 'settled' };
    return finding(
      `The provider reports ${what} for ${order}, and we asked for ${sum(payment, payment.amount)}. ${askThem}`,
    );
  }
  // An authorisation that was let go before its answer was heard, or a refusal that we have heard.
  if (notice.isDeclined || isKnown || payment.status === 'voided') return { outcome: 'agreed' };
  return finding(
    `The provider reports ${what} for ${order} and our books know it under ${payment.reference ?? 'no reference'} ` +
      `as ${payment.status}. Void at the provider whatever is authorised beside it.`,
  );
}

function judgeMovement(
  notice: NoticeFacts['notice'],
  movement: NonNullable<NoticeFacts['movement']>,
  what: string,
  order: string,
): NoticeVerdict {
  if (movement.kind !== notice.kind)
    return finding(
      `The provider reports ${what} for ${order} under the key of our ${movement.kind}. ${askThem}`,
    );
  // Providers tell how much a void freed; it frees all that is left, whatever that is.
  if (notice.kind === 'void') return { outcome: movement.state === 'done' ? 'agreed' : 'settled' };
  if (movement.amount !== notice.amount.amount) {
    const asked = formatMoney(money(movement.amount, notice.amount.currency), 'en');
    return finding(`The provider reports ${what} for ${order}, and we asked for ${asked}. ${askThem}`);
  }
  if (movement.state === 'open') return { outcome: 'settled' };
  if (movement.state === 'givenUp')
    return finding(
      `The provider reports ${what} for ${order} after we had given it up and voided the rest. Refund it there if ` +
        `the customer is not to pay it.`,
    );
  if (movement.reference === notice.reference) return { outcome: 'agreed' };
  return finding(
    `The provider reports ${what} for ${order}, which our books have as ${movement.reference ?? 'done'}: money may ` +
      `have moved twice. Compare both at the provider, and undo one there if they are two.`,
  );
}

const finding = (text: string): NoticeVerdict => ({ outcome: 'finding', finding: text });
const sum = (payment: { currency: string }, amount: number): string =>
  formatMoney(money(amount, payment.currency), 'en');
const books = (payment: NonNullable<NoticeFacts['payment']>): string =>
  `${sum(payment, payment.captured)} captured and ${sum(payment, payment.refunded)} refunded`;
