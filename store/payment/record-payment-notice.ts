import type { Database } from '../connect';

/** Keeps what a payment provider told us by webhook; the same notice twice is one. */
export async function recordPaymentNotice(
  db: Database,
  notice: { provider: string; id: string; type: string; payload: unknown },
): Promise<{ outcome: 'recorded' | 'duplicate' }> {
  const kept = await db('payment_notices')
    .insert({
      provider: notice.provider,
      notice_id: notice.id,
      type: notice.type,
      payload: JSON.stringify(notice.payload),
    })
    .onConflict(['provider', 'notice_id'])
    .ignore()
    .returning('notice_id');
  return { outcome: kept.length > 0 ? 'recorded' : 'duplicate' };
}
