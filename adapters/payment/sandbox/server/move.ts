import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { MovementAnswer, MovementBody } from '../contract';
import { type Announce, keyReused, type Keyed, unavailable, unknownAuthorization } from './keyed';
import { declinedFor, type ReasonCode } from './reasons';
import type { AuthorizationRow, MovementRow } from './tables';
import { declines } from './tokens';
import { fingerprint, inTransaction } from './transaction';
import { isUnavailable } from './unavailable';

export type MovementKind = 'capture' | 'refund';

/** Moves money on an authorisation: each key once, and never beyond its limits. */
export async function move(
  { pool, announce }: { pool: Pool; announce: Announce },
  kind: MovementKind,
  key: string,
  body: MovementBody,
  now: Date,
): Promise<Keyed<MovementAnswer>> {
  const request = fingerprint({ kind, ...body });
  return inTransaction(pool, async (client) => {
    // Everything on one authorisation queues up here; whoever waited sees what was done meanwhile.
    const authorization = await lockAuthorization(client, body.authorization);
    const first = await findMovement(client, key);
    if (first && first.request !== request) return keyReused;
    if (first) return { outcome: 'replayed', answer: answerOf(first) };
    if (!authorization) return unknownAuthorization;
    if (await isUnavailable(client, authorization.token, kind, key)) return unavailable;
    const code = whyDeclined(kind, authorization, body, now);
    const made = await record(client, { kind, key, request, code, body, now });
    const { id } = made;
    if (code === null)
      await announce(client, { what: kind, authorization, key, id, amount: body.amount.value, now });
    return { outcome: 'new', answer: answerOf(made), token: authorization.token };
  });
}

/** The first reason against it; null when it may go ahead. */
function whyDeclined(
  kind: MovementKind,
  authorization: AuthorizationRow,
  { amount }: MovementBody,
  now: Date,
): ReasonCode | null {
  if (authorization.outcome !== 'authorized') return 'notAuthorized';
  if (authorization.currency !== amount.currency) return 'wrongCurrency';
  const captured = Number(authorization.captured);
  if (kind === 'refund') {
    if (declines(authorization.token, 'refund')) return 'refundDeclined';
    return amount.value > captured - Number(authorization.refunded) ? 'aboveCaptured' : null;
  }
  if (declines(authorization.token, 'capture')) return 'captureDeclined';
  const open = Number(authorization.amount) - captured - Number(authorization.voided);
  if (amount.value > open) return 'aboveAuthorized';
  return authorization.expires_at! <= now ? 'authorizationExpired' : null;
}

async function lockAuthorization(client: PoolClient, id: string): Promise<AuthorizationRow | undefined> {
  const { rows } = await client.query<AuthorizationRow>(
    'select * from sandbox.authorizations where id = $1 for update',
    [id],
  );
  return rows[0];
}

async function findMovement(client: PoolClient, key: string): Promise<MovementRow | undefined> {
  const { rows } = await client.query<MovementRow>('select * from sandbox.movements where key = $1', [key]);
  return rows[0];
}

/** Writes the movement and, when it succeeded, the authorisation's new sums with it. */
async function record(
  client: PoolClient,
  made: {
    kind: MovementKind;
    key: string;
    request: string;
    code: string | null;
    body: MovementBody;
    now: Date;
  },
): Promise<MovementRow> {
  const column = made.kind === 'capture' ? 'captured' : 'refunded';
  const { rows } = await client.query<MovementRow>(
    `with summed as (
       update sandbox.authorizations set ${column} = ${column} + $7 where id = $4 and $6::text is null
     )
     insert into sandbox.movements (key, id, kind, authorization_id, request, outcome, code, amount, created_at)
     values ($1, $2, $3, $4, $5, case when $6::text is null then 'succeeded' else 'declined' end, $6, $7, $8)
     returning *`,
    [
      made.key,
      `${made.kind}_${randomUUID()}`,
      made.kind,
      made.body.authorization,
      made.request,
      made.code,
      made.body.amount.value,
      made.now,
    ],
  );
  return rows[0]!;
}

function answerOf(row: MovementRow): MovementAnswer {
  return row.outcome === 'declined' ? declinedFor(row.code) : { status: 'succeeded', id: row.id };
}
