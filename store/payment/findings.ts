import type { Database } from '../connect';
import { instant } from '../instant';
import { pageOf, type Page } from '../page';

/** A notice of a provider that only a person can put right. */
export interface PaymentFinding {
  provider: string;
  noticeId: string;
  type: string;
  /** What is known of it, and what to do. */
  finding: string;
  orderId: string | null;
  orderNumber: string | null;
  receivedAt: string;
}
export type FindingPosition = Pick<PaymentFinding, 'receivedAt' | 'provider' | 'noticeId'>;

/** Open findings, oldest first. */
export async function listFindings(
  db: Database,
  { after, limit }: { after?: FindingPosition; limit: number },
): Promise<Page<PaymentFinding, FindingPosition>> {
  const answer = await db.raw<{ rows: PaymentFinding[] }>(sql, {
    limit: limit + 1,
    receivedAt: after?.receivedAt ?? null,
    provider: after?.provider ?? null,
    noticeId: after?.noticeId ?? null,
  });
  const findings = answer.rows.map((row) => ({ ...row, receivedAt: instant(row.receivedAt) }));
  return pageOf(findings, limit, ({ receivedAt, provider, noticeId }) => ({
    receivedAt,
    provider,
    noticeId,
  }));
}

const sql = `
  SELECT n.provider, n.notice_id AS "noticeId", n.type, n.finding, n.order_id AS "orderId", o.number AS "orderNumber",
         n.received_at AS "receivedAt"
  FROM payment_notices AS n LEFT JOIN orders AS o ON o.id = n.order_id
  WHERE n.outcome = 'finding' AND n.resolved_at IS NULL
    AND (CAST(:receivedAt AS timestamptz) IS NULL
         OR (date_trunc('milliseconds', n.received_at), n.provider, n.notice_id) > (:receivedAt, :provider, :noticeId))
  ORDER BY date_trunc('milliseconds', n.received_at), n.provider, n.notice_id LIMIT :limit`;

/** Somebody has dealt with it. Twice is once; false when there is no such finding. */
export async function resolveFinding(
  db: Database,
  input: { provider: string; noticeId: string; actor: string; at: string },
): Promise<boolean> {
  const resolved = await db('payment_notices')
    .where({ provider: input.provider, notice_id: input.noticeId, outcome: 'finding' })
    .update({
      resolved_at: db.raw('coalesce(resolved_at, ?)', [input.at]),
      resolved_by: db.raw('coalesce(resolved_by, ?)', [input.actor]),
    });
  return resolved > 0;
}
