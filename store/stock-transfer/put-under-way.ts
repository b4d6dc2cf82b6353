import type { Knex } from 'knex';
import { shipAllocations } from '../stock/ship-allocations';
import { lockCounters, type Route } from './lock-transfer';

interface Departure {
  /** Of the holds that leave. */
  keys: string[];
  actor: string;
  at: string;
  expectedAt: string;
}

/** The pieces of a transfer leave: off onHand where they come from, incoming where they go to. */
export async function putUnderWay(
  trx: Knex.Transaction,
  transfer: Route,
  departure: Departure,
): Promise<void> {
  await makeCounters(trx, transfer);
  await lockCounters(trx, transfer);
  const { keys, actor, at } = departure;
  await shipAllocations(trx, { keys, cause: 'transferShipped', actor, at, reference: transfer.id });
  await announce(trx, transfer, departure);
}

/** Pieces that are on the road already become those of a transfer: incoming where they go to. */
export async function takeOverOnTheWay(
  trx: Knex.Transaction,
  transfer: Route,
  departure: Omit<Departure, 'keys'>,
): Promise<void> {
  await makeCounters(trx, transfer);
  await lockCounters(trx, transfer);
  await announce(trx, transfer, departure);
}

async function makeCounters(trx: Knex.Transaction, { lines, toLocationId }: Route): Promise<void> {
  const skus = lines.map(({ sku }) => sku).sort();
  await trx('stock')
    .insert(skus.map((sku) => ({ sku, location_id: toLocationId })))
    .onConflict(['sku', 'location_id'])
    .ignore();
}

/** A receipt cannot take these pieces by their reference: they come in by the transfer alone. */
async function announce(
  trx: Knex.Transaction,
  { id, toLocationId }: Route,
  { actor, at, expectedAt }: Omit<Departure, 'keys'>,
): Promise<void> {
  await trx.raw(
    `WITH announced AS (
       INSERT INTO incoming_supply (key, sku, location_id, quantity, expected_at)
       SELECT 'transfer:' || transfer_id || ':' || sku, sku, :toLocationId, quantity, :expectedAt
       FROM stock_transfer_lines WHERE transfer_id = :id
       RETURNING key, sku, location_id, quantity
     ), coming AS (
       UPDATE stock AS s SET incoming = s.incoming + a.quantity
       FROM announced AS a WHERE s.sku = a.sku AND s.location_id = a.location_id
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, incoming, actor, reference, at)
     SELECT 'incoming:' || key, sku, location_id, 'transferShipped', quantity, :actor, :id, :at FROM announced`,
    { id, toLocationId, expectedAt, actor, at },
  );
}
