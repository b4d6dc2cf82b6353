import { askPastItself } from '../ask-past-itself';
import type { Database } from '../connect';

export type CreditResult = 'done' | 'unknownCode' | 'wrongCurrency' | 'insufficient';

interface CreditMove {
  /** Names the intent; a move made before is `done` again and changes nothing. */
  key: string;
  code: string;
  currency: string;
  /** Minor units, positive. */
  amount: number;
  orderId: string;
}

/** What a kind of move does to an account: the sign of its change of balance and of hold. */
const effects = {
  hold: { balance: 0, held: 1 },
  release: { balance: 0, held: -1 },
  capture: { balance: -1, held: -1 },
  credit: { balance: 1, held: 0 },
} as const;

/**
 * Moves value of a gift card or store credit: account and ledger in one statement. The check constraints keep
 * the hold within the balance; a move that would break them is `insufficient`.
 */
export async function moveCredit(
  db: Database,
  kind: keyof typeof effects,
  move: CreditMove,
): Promise<CreditResult> {
  const effect = effects[kind];
  const ask = () =>
    db.raw<{ rows: Moved[] }>(sql, {
      ...move,
      cause: kind,
      balance: effect.balance * move.amount,
      held: effect.held * move.amount,
    });
  const isDone = ({ rows: [row] }: { rows: Moved[] }) => row!.before || row!.moved;
  const answer = await askPastItself(ask, { unique: 'credit_ledger_pkey', isDone });
  if (isDone(answer)) return 'done';
  const { account } = answer.rows[0]!;
  if (account === null) return 'unknownCode';
  return account === move.currency ? 'insufficient' : 'wrongCurrency';
}

interface Moved {
  /** The ledger had the key already. */
  before: boolean;
  /** The currency of the account; null when there is none. */
  account: string | null;
  moved: boolean;
}

const sql = `
  WITH moved AS (
    UPDATE credit_accounts SET balance = balance + :balance, held = held + :held
    WHERE code = :code AND currency = :currency AND held + :held >= 0 AND held + :held <= balance + :balance
      AND NOT EXISTS (SELECT 1 FROM credit_ledger WHERE key = :key)
    RETURNING code
  ), ledger AS (
    INSERT INTO credit_ledger (key, code, balance, held, cause, order_id)
    SELECT :key, code, :balance, :held, :cause, :orderId FROM moved
  )
  SELECT EXISTS (SELECT 1 FROM credit_ledger WHERE key = :key) AS before,
         (SELECT currency FROM credit_accounts WHERE code = :code) AS account,
         EXISTS (SELECT 1 FROM moved) AS moved`;

/**
 * The hold that an authorisation made, by its key, and what is still held for its payment (the keys of later
 * moves begin elsewhere, so that they are found by the order and the code); null when it never happened.
 */
export async function findCreditHold(
  db: Database,
  key: string,
): Promise<{ code: string; currency: string; orderId: string; held: number } | null> {
  const answer = await db.raw<{ rows: { code: string; currency: string; orderId: string; held: number }[] }>(
    `SELECT h.code, a.currency, h.order_id AS "orderId",
            greatest(0, least(h.held, (SELECT sum(l.held) FROM credit_ledger AS l
                                       WHERE l.code = h.code AND l.order_id = h.order_id)))::bigint AS held
     FROM credit_ledger AS h JOIN credit_accounts AS a ON a.code = h.code
     WHERE h.key = ? AND h.cause = 'hold'`,
    [key],
  );
  return answer.rows[0] ?? null;
}

/** Opens a store credit account for a customer with its first value; twice is once. */
export async function openStoreCredit(
  db: Database,
  input: { key: string; code: string; currency: string; amount: number; orderId: string; customer: string },
): Promise<void> {
  await db('credit_accounts')
    .insert({ code: input.code, kind: 'storeCredit', currency: input.currency, customer: input.customer })
    .onConflict('code')
    .ignore();
  const { key, code, currency, amount, orderId } = input;
  const moved = await moveCredit(db, 'credit', { key, code, currency, amount, orderId });
  if (moved !== 'done') throw new Error(`Store credit ${input.code} could not be credited: ${moved}`);
}
