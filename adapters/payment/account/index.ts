import type {
  AuthorizeResult,
  MovementRequest,
  MovementResult,
  PaymentProvider,
} from '../../../ports/payment';

export interface AccountMove {
  key: string;
  account: string;
  currency: string;
  /** Minor units. */
  amount: number;
  orderId: string;
  /** Within the limit alone, whatever was agreed to before. */
  isMore?: true;
}

/** The books of customers who pay later; each move happens once for its key. */
export interface AccountLedger {
  moveAccount(
    kind: 'hold' | 'release' | 'capture' | 'refund',
    move: AccountMove,
  ): Promise<'done' | 'unknownAccount' | 'wrongCurrency' | 'overLimit'>;
  /** The hold that an authorisation made, and what of it is still held; null when it never happened. */
  findAccountHold(
    key: string,
  ): Promise<{ account: string; currency: string; orderId: string; held: number } | null>;
}

const refusals = {
  unknownAccount: 'There is no such account',
  wrongCurrency: 'The account is in another currency',
  overLimit: 'The order goes beyond the credit limit of the account',
} as const;

/**
 * Payment on account, spoken to like any provider: the token is the code of the account, an authorisation holds a part
 * of its limit, a capture is owed. Beyond the limit nothing is declined: somebody has to agree first.
 */
export function createAccountPayments(ledger: AccountLedger): PaymentProvider {
  const move = async (kind: 'capture' | 'refund', request: MovementRequest): Promise<MovementResult> => {
    const hold = await ledger.findAccountHold(request.authorization);
    if (!hold) return { outcome: 'declined', code: 'unknownHold', message: 'There is no such hold' };
    const { amount, currency } = request.amount;
    const moved = await ledger.moveAccount(kind, { ...hold, key: request.key, amount, currency });
    return moved === 'done'
      ? { outcome: 'done', reference: request.key }
      : { outcome: 'declined', code: moved, message: refusals[moved] };
  };

  return {
    code: 'account',
    methods: ['onAccount'],

    async authorize({ key, orderId, token, amount, isMore }): Promise<AuthorizeResult> {
      const hold = { key, orderId, account: token ?? '', ...amount, ...(isMore && { isMore }) };
      const moved = await ledger.moveAccount('hold', hold);
      if (moved === 'done') return { outcome: 'authorized', reference: key, expiresAt: null };
      if (moved === 'overLimit') return { outcome: 'toAgree', hold: 'credit', reason: refusals.overLimit };
      return { outcome: 'declined', code: moved, message: refusals[moved] };
    },

    capture: (request) => move('capture', request),
    refund: (request) => move('refund', request),

    async release({ key, authorizationKey, amount }) {
      const hold = await ledger.findAccountHold(authorizationKey);
      const { amount: released } = amount;
      if (hold && hold.held > 0)
        await ledger.moveAccount('release', { ...hold, key, amount: Math.min(released, hold.held) });
    },

    async void({ key, authorizationKey }) {
      const hold = await ledger.findAccountHold(authorizationKey);
      if (!hold || hold.held === 0) return { outcome: 'nothingToVoid' };
      await ledger.moveAccount('release', { ...hold, key, amount: hold.held });
      return { outcome: 'voided' };
    },
  };
}
