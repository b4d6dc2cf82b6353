import type { Database } from '../connect';
import type { StoredAnswer } from './claim-request';

/**
 * Keeps the answer of a request for those who repeat it, and returns the one that counts: the first that was
 * stored, should two have executed the request (each effect beneath happens once anyway).
 */
export async function storeAnswer(
  db: Database,
  input: { principal: string; key: string; answer: StoredAnswer },
): Promise<StoredAnswer> {
  const { status, ...response } = input.answer;
  const kept = await db.raw<{ rows: { status: number; response: Omit<StoredAnswer, 'status'> }[] }>(
    `UPDATE idempotency_keys SET status = coalesce(status, :status), response = coalesce(response, :response)
     WHERE principal = :principal AND key = :key
     RETURNING status, response`,
    { principal: input.principal, key: input.key, status, response: JSON.stringify(response) },
  );
  const row = kept.rows[0];
  return row ? { status: row.status, ...row.response } : input.answer;
}
