import type { Pool } from 'pg';
import type { AuthorizationRow, MovementRow } from './tables';

/** The provider's books about one order, for whoever wants to compare them with ours. */
export async function listAuthorizations(pool: Pool, orderId: string) {
  const authorizations = await pool.query<AuthorizationRow>(
    'select * from sandbox.authorizations where order_id = $1 order by created_at, id',
    [orderId],
  );
  const movements = await pool.query<MovementRow>(
    'select * from sandbox.movements where authorization_id = any($1) order by created_at, id',
    [authorizations.rows.map(({ id }) => id)],
  );
  return authorizations.rows.map((row) => ({
    id: row.id,
    key: row.key,
    orderId: row.order_id,
    orderNumber: row.order_number,
    method: row.method,
    status: row.outcome,
    code: row.code,
    currency: row.currency,
    amount: Number(row.amount),
    captured: Number(row.captured),
    refunded: Number(row.refunded),
    voided: Number(row.voided),
    expiresAt: row.expires_at?.toISOString() ?? null,
    captures: movementsOf(row.id, 'capture', movements.rows),
    refunds: movementsOf(row.id, 'refund', movements.rows),
    voids: movementsOf(row.id, 'void', movements.rows),
  }));
}

function movementsOf(authorizationId: string, kind: MovementRow['kind'], all: readonly MovementRow[]) {
  return all
    .filter((movement) => movement.authorization_id === authorizationId && movement.kind === kind)
    .map(({ id, key, outcome, code, amount, created_at }) => ({
      id,
      key,
      status: outcome,
      code,
      amount: Number(amount),
      createdAt: created_at.toISOString(),
    }));
}
