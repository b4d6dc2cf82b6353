import type { Database } from '../connect';

export interface RequestClaim {
  principal: string;
  key: string;
  operation: string;
  bodyHash: string;
}

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  /** The body as it was sent, character by character. */
  body: string;
}

export type ClaimResult =
  | { outcome: 'claimed' }
  | { outcome: 'answered'; answer: StoredAnswer }
  /** Somebody is executing the same request right now. */
  | { outcome: 'underWay' }
  | { outcome: 'otherRequest' };

/** Whoever is silent for longer has died; its request is executed again by whoever asks next. */
const silentAfterMs = 3_000;

/**
 * Claims a request by its idempotency key, so that of many who send it at once one executes it. The claim is
 * kept by `keepClaim` and ends with `storeAnswer` or `releaseClaim`.
 */
export async function claimRequest(db: Database, claim: RequestClaim): Promise<ClaimResult> {
  const { principal, key, operation, bodyHash } = claim;
  const claimed = await db.raw<{ rows: unknown[] }>(
    `INSERT INTO idempotency_keys (principal, key, operation, body_hash)
     VALUES (:principal, :key, :operation, :bodyHash)
     ON CONFLICT (principal, key) DO UPDATE SET alive_at = now()
       WHERE idempotency_keys.status IS NULL
         AND idempotency_keys.operation = excluded.operation
         AND idempotency_keys.body_hash = excluded.body_hash
         AND idempotency_keys.alive_at < now() - make_interval(secs => :silentSeconds)
     RETURNING 1`,
    { principal, key, operation, bodyHash, silentSeconds: silentAfterMs / 1000 },
  );
  if (claimed.rows.length > 0) return { outcome: 'claimed' };
  return readClaim(db, claim);
}

async function readClaim(db: Database, claim: RequestClaim): Promise<ClaimResult> {
  const { principal, key } = claim;
  const row = await db('idempotency_keys').where({ principal, key }).first<ClaimRow | undefined>();
  // Released between the two statements: the caller asks again.
  if (!row) return { outcome: 'underWay' };
  if (row.operation !== claim.operation || row.body_hash !== claim.bodyHash)
    return { outcome: 'otherRequest' };
  if (row.status === null || row.response === null) return { outcome: 'underWay' };
  return { outcome: 'answered', answer: { status: row.status, ...row.response } };
}

interface ClaimRow {
  operation: string;
  body_hash: string;
  status: number | null;
  response: Omit<StoredAnswer, 'status'> | null;
}
