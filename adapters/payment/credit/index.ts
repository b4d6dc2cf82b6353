import type {
  AuthorizeResult,
  MovementRequest,
  MovementResult,
  PaymentProvider,
} from '../../../ports/payment';

export interface CreditMove {
  key: string;
  code: string;
  currency: string;
  /** Minor units. */
  amount: number;
  orderId: string;
}

/** The ledger of gift cards and store credit; each move happens once for its key. */
export interface CreditLedger {
  moveCredit(
    kind: 'hold' | 'release' | 'capture' | 'credit',
    move: CreditMove,
  ): Promise<'done' | 'unknownCode' | 'wrongCurrency' | 'insufficient'>;
  /** The hold that an authorisation made, and what of it is still held; null when it never happened. */
  findCreditHold(
    key: string,
  ): Promise<{ code: string; currency: string; orderId: string; held: number } | null>;
}

const refusals = {
  unknownCode: 'There is no gift card or store credit with this code',
  wrongCurrency: 'The gift card or store credit is in another currency',
  insufficient: 'The gift card or store credit does not cover the amount',
} as const;

/**
 * Gift cards and store credit of our own, spoken to like any provider: the token is the code of the account, an
 * authorisation holds a part of its balance. The reference of an authorisation is its key.
 */
export function createCreditPayments(ledger: CreditLedger): PaymentProvider {
  const move = async (kind: 'capture' | 'credit', request: MovementRequest): Promise<MovementResult> => {
    const hold = await ledger.findCreditHold(request.authorization);
    if (!hold) return { outcome: 'declined', code: 'unknownHold', message: 'There is no such hold' };
    const { amount, currency } = request.amount;
    const moved = await ledger.moveCredit(kind, { ...hold, key: request.key, amount, currency });
    return moved === 'done'
      ? { outcome: 'done', reference: request.key }
      : { outcome: 'declined', code: moved, message: refusals[moved] };
  };

  return {
    code: 'credit',
    methods: ['giftCard', 'storeCredit'],

    async authorize(request): Promise<AuthorizeResult> {
      const { amount, currency } = request.amount;
      const { key, orderId } = request;
      const moved = await ledger.moveCredit('hold', {
        key,
        orderId,
        code: request.token ?? '',
        amount,
        currency,
      });
      if (moved === 'done') return { outcome: 'authorized', reference: key, expiresAt: null };
      return { outcome: 'declined', code: moved, message: refusals[moved] };
    },

    capture: (request) => move('capture', request),
    refund: (request) => move('credit', request),

    async release({ key, authorizationKey, amount }) {
      const hold = await ledger.findCreditHold(authorizationKey);
      const { amount: released } = amount;
      if (hold && hold.held > 0)
        await ledger.moveCredit('release', { ...hold, key, amount: Math.min(released, hold.held) });
    },

    async void({ key, authorizationKey }) {
      const hold = await ledger.findCreditHold(authorizationKey);
      if (!hold || hold.held === 0) return { outcome: 'nothingToVoid' };
      await ledger.moveCredit('release', { ...hold, key, amount: hold.held });
      return { outcome: 'voided' };
    },
  };
}
