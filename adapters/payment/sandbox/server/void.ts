import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import type { VoidAnswer, VoidBody } from '../contract';
import { type Announce, keyReused, type Keyed } from './keyed';
import type { AuthorizationRow } from './tables';
import { fingerprint, inTransaction } from './transaction';

/**
 * Gives back what is authorised and not captured. A void that comes before its authorisation (its caller gave
 * up waiting, the request is still on its way) makes that authorisation decline when it arrives.
 */
export async function voidRest(
  { pool, announce }: { pool: Pool; announce: Announce },
  key: string,
  body: VoidBody,
  now: Date,
): Promise<Keyed<VoidAnswer>> {
  const request = fingerprint({ kind: 'void', ...body });
  return inTransaction(pool, async (client) => {
    const authorization = await lockOrForestall(client, body, now);
    const first = await client.query<{ request: string }>(
      'select request from sandbox.movements where key = $1',
      [key],
    );
    if (first.rows[0]) {
      if (first.rows[0].request !== request) return keyReused;
      return { outcome: 'replayed', answer: { status: 'voided' } };
    }
    const open = openOn(authorization);
    if (open === 0) return { outcome: 'new', answer: { status: 'nothingToVoid' }, token: null };
    const id = `void_${randomUUID()}`;
    await client.query(
      `with summed as (update sandbox.authorizations set voided = voided + $5 where id = $3)
       insert into sandbox.movements (key, id, kind, authorization_id, request, outcome, amount, created_at)
       values ($1, $2, 'void', $3, $4, 'succeeded', $5, $6)`,
      [key, id, authorization.id, request, open, now],
    );
    await announce(client, { what: 'void', authorization, key, id, amount: open, now });
    return { outcome: 'new', answer: { status: 'voided' }, token: authorization.token };
  });
}

function openOn(row: AuthorizationRow): number {
  return row.outcome === 'authorized' ? Number(row.amount) - Number(row.captured) - Number(row.voided) : 0;
}

async function lockOrForestall(client: PoolClient, body: VoidBody, now: Date): Promise<AuthorizationRow> {
  await client.query(
    `insert into sandbox.authorizations (id, key, outcome, code, currency, amount, created_at)
     select $1, $2, 'declined', 'voided', 'XXX', 0, $3
      where not exists (select from sandbox.authorizations where id = $4 or key = $2)
     on conflict (key) do nothing`,
    [`auth_${randomUUID()}`, body.authorizationKey, now, body.authorization],
  );
  const { rows } = await client.query<AuthorizationRow>(
    'select * from sandbox.authorizations where id = $1 or key = $2 order by id = $1 desc nulls last limit 1 for update',
    [body.authorization, body.authorizationKey],
  );
  return rows[0]!;
}
