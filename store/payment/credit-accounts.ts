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
  const answer = await db.raw<{ rows: { before: boolean; account: string | null; moved: boolean }[] }>(sql, {
    ...move,
    cause: kind,
    balance: effect.balance * move.amount,
    held: effect.held * move.amount,
  });
  const { before, account, moved } = answer.rows[0]!;
  if (before || moved) return 'done';
  if (account === null) return 'unknownCode';
  return account === move.currency ? 'insufficient' : 'wrongCurrency';
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

/** What an order still holds on an account: holds minus releases and captures, in minor units. */
export async function readCreditHeld(db: Database, input: { code: string; orderId: string }): Promise<number> {
  const row = await db('credit_ledger').where({ code: input.code, order_id: input.orderId }).sum('held as held').first();
  return Number(row?.held ?? 0);
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
  const moved = await moveCredit(db, 'credit', input);
  if (moved !== 'done') throw new Error(`Store credit ${input.code} could not be credited: ${moved}`);
}
