import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { AuthorizationAnswer, AuthorizationBody } from '../contract';
import { type Announce, keyReused, type Keyed, unavailable } from './keyed';
import { declinedFor } from './reasons';
import type { AuthorizationRow } from './tables';
import { declines, isBeyondLimit } from './tokens';
import { fingerprint, inTransaction } from './transaction';
import { isUnavailable } from './unavailable';

const dayMs = 86_400_000;
/** How long the provider holds the money for us. */
const holdDays = { card: 7, paypal: 29, instalments: 30 };

/** Holds the money. The same key again meets the first call's row and answers from it. */
export async function authorize(
  { pool, announce }: { pool: Pool; announce: Announce },
  key: string,
  body: AuthorizationBody,
  now: Date,
): Promise<Keyed<AuthorizationAnswer>> {
  if (await isUnavailable(pool, body.token, 'authorize', key)) return unavailable;
  const request = fingerprint(body);
  const made = await inTransaction(pool, async (client) => {
    const { rows } = await client.query<AuthorizationRow>(
      `insert into sandbox.authorizations (id, key, request, outcome, code, order_id, order_number, method, token,
                                           webhook_url, currency, amount, expires_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       on conflict (key) do nothing
       returning *`,
      newRow(key, request, body, now),
    );
    const [row] = rows;
    if (row) {
      const { id, amount } = row;
      const told = {
        what: 'authorization',
        authorization: row,
        key,
        id,
        amount: Number(amount),
        now,
      } as const;
      await announce(client, told);
    }
    return row;
  });
  if (made) return { outcome: 'new', answer: answerOf(made), token: body.token };
  const { rows } = await pool.query<AuthorizationRow>('select * from sandbox.authorizations where key = $1', [
    key,
  ]);
  const first = rows[0]!;
  if (first.request !== null && first.request !== request) return keyReused;
  return { outcome: 'replayed', answer: answerOf(first) };
}

function newRow(key: string, request: string, body: AuthorizationBody, now: Date): unknown[] {
  const isDeclined = declines(body.token, 'authorize') || isBeyondLimit(body.token, body.amount.value);
  const expiresAt = new Date(now.getTime() + holdDays[body.method] * dayMs);
  return [
    `auth_${randomUUID()}`,
    key,
    request,
    isDeclined ? 'declined' : 'authorized',
    isDeclined ? 'cardDeclined' : null,
    body.orderId,
    body.orderNumber,
    body.method,
    body.token,
    body.webhookUrl,
    body.amount.currency,
    body.amount.value,
    isDeclined ? null : expiresAt,
    now,
  ];
}

function answerOf(row: AuthorizationRow): AuthorizationAnswer {
  if (row.outcome === 'declined') return declinedFor(row.code);
  return { status: 'authorized', id: row.id, expiresAt: row.expires_at!.toISOString() };
}
