import type { Knex } from 'knex';
import type { OrderSignal } from '../../domain/commands';
import type { BufferScope } from '../../domain/stock/channel-buffer';
import type { Database } from '../connect';
import { assignBackorders } from '../stock/assign-backorders';
import { hasFree } from '../stock/has-free';
import { lockSkus, lockSkusToGive } from '../stock/lock-skus';
import { inTransaction } from '../transaction';
import { noteWalk, takeWalk } from './availability-walk';

/** So many SKUs that are waited for are served in one transaction: meanwhile nobody else begins to wait. */
const atOnce = 100;

/**
 * Begins a change of the buffers: from now on nobody begins to wait for stock on what the buffers were, and until
 * the end of the transaction nobody else changes them. The first lock of all.
 */
export async function beginBufferChange(trx: Knex.Transaction): Promise<void> {
  await trx.raw('UPDATE channel_buffers_version SET version = version + 1');
}

/**
 * Less may be kept back now: lines that wait for goods of these scopes get what has become available. Those of the
 * first SKUs at once; where many are waited for the rest is noted, and served piece by piece.
 */
export async function serveWaiting(
  trx: Knex.Transaction,
  scopes: readonly BufferScope[],
  at: string,
): Promise<OrderSignal[]> {
  const skus = await readWaitedFor(trx, scopes, '');
  if (skus.length === atOnce) await noteWalk(trx, 'backorders', scopes, skus.at(-1)!);
  return giveFreed(trx, scopes, skus, at);
}

/** Serves the next SKUs of what a change of buffers has noted. True when there may be more. */
export async function serveWaitingOn(db: Database, { at }: { at: string }): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const walk = await takeWalk(trx, 'backorders');
    if (!walk) return false;
    const skus = await readWaitedFor(trx, walk.scopes, walk.walkedTo);
    await giveFreed(trx, walk.scopes, skus, at);
    await walk.goOn(skus.length < atOnce ? null : skus.at(-1)!);
    return true;
  });
}

async function readWaitedFor(
  trx: Knex.Transaction,
  scopes: readonly BufferScope[],
  after: string,
): Promise<string[]> {
  const waiting = await trx.raw<{ rows: { sku: string }[] }>(waitedFor, {
    ...{ scopes: JSON.stringify(scopes), after, limit: atOnce },
  });
  return waiting.rows.map(({ sku }) => sku);
}

// Asked of one SKU after another, until there are enough: as a join all products would be read for each piece.
const waitedFor = `
  SELECT DISTINCT b.sku FROM backorders AS b
  WHERE b.open > 0 AND b.sku > :after AND (
    SELECT true FROM jsonb_to_recordset(:scopes) AS c (sku text, category text)
    WHERE (c.sku IS NULL OR c.sku = b.sku)
      AND (c.category IS NULL OR c.category = (SELECT category FROM products AS p WHERE p.sku = b.sku)) LIMIT 1)
  ORDER BY b.sku LIMIT :limit`;

/**
 * Who adds stock of a SKU at this moment has its lock and may not see the buffers as they are now: so that has passed
 * before it is asked what is there.
 */
async function giveFreed(
  trx: Knex.Transaction,
  scopes: readonly BufferScope[],
  skus: readonly string[],
  at: string,
): Promise<OrderSignal[]> {
  if (skus.length === 0) return [];
  await lockSkus(trx, skus);
  const free = await trx.raw<{ rows: { sku: string }[] }>(
    `SELECT DISTINCT s.sku FROM stock AS s JOIN jsonb_to_recordset(:scopes) AS c ("locationId" text)
       ON c."locationId" IS NULL OR c."locationId" = s.location_id
     WHERE s.sku = ANY (:skus) AND ${hasFree}
     ORDER BY s.sku`,
    { scopes: JSON.stringify(scopes), skus: [...skus] },
  );
  const given = free.rows.map(({ sku }) => sku);
  await lockSkusToGive(trx, given);
  return assignBackorders(trx, { skus: given, at });
}
