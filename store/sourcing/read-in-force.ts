import type { Database } from '../connect';
import type { CommitSourcingResult, SourcingOutcome } from './sourcing-outcome';

interface Round {
  orderId: string;
  round: number;
}

/**
 * For rounds that a commit did not put into force: what is in force by somebody else's doing answers as it did
 * there, the rest is `stale`. In the order asked.
 */
export async function readInForce(db: Database, rounds: readonly Round[]): Promise<CommitSourcingResult[]> {
  if (rounds.length === 0) return [];
  const answer = await db.raw<{ rows: { sourced: SourcingOutcome | null }[] }>(sql, {
    rounds: JSON.stringify(rounds.map(({ orderId, round }, n) => ({ n, orderId, round }))),
  });
  return answer.rows.map(({ sourced }) =>
    sourced ? { outcome: 'committed', sourced } : { outcome: 'stale' },
  );
}

const sql = `
  SELECT d.outcome AS sourced
  FROM jsonb_to_recordset(:rounds) AS r (n int, "orderId" text, round int)
  LEFT JOIN sourcing_decisions AS d ON d.order_id = r."orderId" AND d.round = r.round
  ORDER BY r.n`;
