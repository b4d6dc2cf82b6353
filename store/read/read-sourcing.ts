import type { Database } from '../connect';
import { instant } from '../instant';

export interface SourcingRound {
  /** 1 for the first attempt; each re-sourcing is another round. */
  round: number;
  at: string;
  /** Candidates, assignments and reasons, as they were decided. */
  decision: Record<string, unknown>;
  /** What came of it when stock was taken. */
  outcome: unknown;
}

/** Every sourcing decision of an order with its explanation, first to last. */
export async function readSourcing(db: Database, orderId: string): Promise<SourcingRound[]> {
  const rows = await db('sourcing_decisions')
    .select<{ round: number; at: Date; decision: Record<string, unknown>; outcome: unknown }[]>(
      'round',
      'at',
      'decision',
      'outcome',
    )
    .where('order_id', orderId)
    .orderBy('round');
  return rows.map((row) => ({ ...row, at: instant(row.at) }));
}
