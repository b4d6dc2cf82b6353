import { askPastItself } from '../ask-past-itself';
import type { Database } from '../connect';

export type AccountResult = 'done' | 'unknownAccount' | 'wrongCurrency' | 'overLimit';

export interface AccountMove {
  /** Names the intent; a move made before is `done` again and changes nothing. */
  key: string;
  account: string;
  currency: string;
  /** Minor units, positive. */
  amount: number;
  orderId: string;
  /** Within the limit alone, whatever was agreed to for the order before. */
  isMore?: true;
}

/** What a kind of move does: the sign of its change of what is owed and of what is held. */
const effects = {
  hold: { owed: 0, held: 1 },
  release: { owed: 0, held: -1 },
  capture: { owed: 1, held: -1 },
  refund: { owed: -1, held: 0 },
} as const;

/**
 * Moves what an order owes on its account: account and ledger in one statement. A hold must fit into the limit; beyond
 * it only what somebody has agreed to, by releasing the order from its hold of type `credit`, and nothing that an edit
 * adds to it. The check constraint
 * keeps what is owed and held within the limit and what was agreed to, however many orders come at once.
 */
export async function moveAccount(
  db: Database,
  kind: keyof typeof effects,
  move: AccountMove,
): Promise<AccountResult> {
  const effect = effects[kind];
  const ask = () =>
    db.raw<{ rows: Moved[] }>(sql, {
      ...move,
      isMore: move.isMore ?? false,
      cause: kind,
      owed: effect.owed * move.amount,
      held: effect.held * move.amount,
    });
  const isDone = ({ rows: [row] }: { rows: Moved[] }) => row!.before || row!.moved;
  const answer = await askPastItself(ask, { unique: 'account_ledger_key_key', isDone });
  if (isDone(answer)) return 'done';
  const { known } = answer.rows[0]!;
  if (known === null) return 'unknownAccount';
  return known === move.currency ? 'overLimit' : 'wrongCurrency';
}

interface Moved {
  /** The ledger had the key already. */
  before: boolean;
  /** The currency of the account; null when there is none. */
  known: string | null;
  moved: boolean;
}

// What the system released by itself was agreed to by nobody.
const sql = `
  WITH agreed AS (
    SELECT NOT CAST(:isMore AS boolean) AND EXISTS (SELECT 1 FROM order_holds WHERE order_id = :orderId AND type = 'credit'
                   AND released_at IS NOT NULL AND released_by <> 'system') AS yes
  ), moved AS (
    UPDATE accounts AS a SET
      owed = a.owed + :owed, held = a.held + :held, updated_at = now(),
      beyond = CASE WHEN :cause = 'hold' AND agreed.yes
                    THEN greatest(a.beyond, a.owed + a.held + :held - a.credit_limit)
                    ELSE least(a.beyond, greatest(0, a.owed + :owed + a.held + :held - a.credit_limit)) END
    FROM agreed
    WHERE a.code = :account AND a.currency = :currency AND a.held + :held >= 0
      AND (:cause <> 'hold' OR agreed.yes OR a.owed + a.held + :held <= a.credit_limit + a.beyond)
      AND NOT EXISTS (SELECT 1 FROM account_ledger WHERE key = :key)
    RETURNING a.code
  ), ledger AS (
    INSERT INTO account_ledger (key, account, cause, owed, held, order_id, actor)
    SELECT :key, code, :cause, :owed, :held, :orderId, 'system' FROM moved
  )
  SELECT EXISTS (SELECT 1 FROM account_ledger WHERE key = :key) AS before,
         (SELECT currency FROM accounts WHERE code = :account) AS known,
         EXISTS (SELECT 1 FROM moved) AS moved`;

/** The hold that an authorisation made, by its key, and what of it is still held; null when it never happened. */
export async function findAccountHold(
  db: Database,
  key: string,
): Promise<{ account: string; currency: string; orderId: string; held: number } | null> {
  const answer = await db.raw<{
    rows: { account: string; currency: string; orderId: string; held: number }[];
  }>(
    `SELECT h.account, a.currency, h.order_id AS "orderId",
            greatest(0, least(h.held, (SELECT sum(l.held) FROM account_ledger AS l
                                       WHERE l.account = h.account AND l.order_id = h.order_id)))::bigint AS held
     FROM account_ledger AS h JOIN accounts AS a ON a.code = h.account
     WHERE h.key = ? AND h.cause = 'hold'`,
    [key],
  );
  return answer.rows[0] ?? null;
}
