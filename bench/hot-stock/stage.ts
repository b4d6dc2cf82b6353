import { source } from '../../domain/sourcing/source';
import { saveChannel } from '../../store/catalogue/save-channel';
import { saveLocation } from '../../store/catalogue/save-location';
import { saveProduct } from '../../store/catalogue/save-product';
import type { Database } from '../../store/connect';
import type { CommitSourcingInput } from '../../store/sourcing/sourcing-outcome';
import { recordMovement } from '../../store/stock/record-movement';

export const at = '2026-01-01T00:00:00.000Z';
const channel = 'hot';
const coldSkus = 50;

/** Where the hot SKUs are, and a second place that supplies the rest of the orders of several lines. */
export const places: readonly string[] = ['hot', 'cold'];

/** A channel, two locations, cold products, and the SKUs asked for with so many pieces at `hot`. */
export async function setStage(db: Database, pieces: Record<string, number>): Promise<void> {
  await saveChannel(db, { code: channel, type: 'webshop', name: 'Hot', settings: {} });
  for (const [index, id] of places.entries())
    await saveLocation(db, {
      ...{ id, type: 'warehouse', name: `Location ${id}`, capabilities: ['ship'], priority: index + 1 },
      address: { name: id, line1: 'Via Uno 1', postalCode: '40121', city: 'Bologna', country: 'IT' },
      actWithinMs: 3_600_000,
    });
  for (const [sku, quantity] of Object.entries(pieces)) await receive(db, sku, 'hot', quantity);
  for (let index = 0; index < coldSkus; index += 1)
    for (const place of places) await receive(db, `${place}-${index}`, place, 1_000_000);
}

async function receive(db: Database, sku: string, locationId: string, quantity: number): Promise<void> {
  await saveProduct(db, { sku, title: sku });
  const movement = { sku, locationId, type: 'receipt' as const, quantity };
  await recordMovement(db, { key: `stage:${sku}`, movement, actor: 'bench', at });
}

/** Orders that are recorded and wait to be sourced, each with its decision: first lines want the hot SKU. */
export async function recordOrders(
  db: Database,
  { name, sku, count, lines }: { name: string; sku: string; count: number; lines: 1 | 3 },
): Promise<CommitSourcingInput[]> {
  const bindings = { name, sku, channel, count, lines };
  await db.raw(insertOrders, bindings);
  await db.raw(insertLines, bindings);
  return Array.from({ length: count }, (_, index) =>
    decide(`ord_${name}-${index}`, skusOf(sku, lines, index)),
  );
}

/** A cold one from the hot location, and one from the other. */
const skusOf = (sku: string, lines: 1 | 3, index: number): string[] =>
  lines === 1 ? [sku] : [sku, `hot-${index % coldSkus}`, `cold-${(index * 7) % coldSkus}`];

const insertOrders = `
  INSERT INTO orders (id, number, channel, external_reference, currency, total, content, search_text, placed_at)
  SELECT 'ord_' || :name || '-' || n, :name || '-' || n, :channel, :name || '-' || n, 'EUR', 0, '{}', '', now()
  FROM generate_series(0, CAST(:count AS int) - 1) AS n`;
const insertLines = `
  INSERT INTO order_lines (id, order_id, position, sku, title, quantity, gross)
  SELECT 'lin_' || :name || '-' || n || '-' || p, 'ord_' || :name || '-' || n, p, :sku, 'hot', 1, 0
  FROM generate_series(0, CAST(:count AS int) - 1) AS n, generate_series(1, CAST(:lines AS int)) AS p`;

function decide(orderId: string, skus: string[]): CommitSourcingInput {
  const decision = source({
    ...{ strategy: 'fewestSplitsThenNearest', mode: 'ship', pickupLocationId: null, excluded: [] },
    destination: { country: 'IT', point: null },
    lines: skus.map((sku, index) => ({
      ...{ lineId: `lin_${orderId.slice(4)}-${index + 1}`, sku, quantity: 1 },
    })),
    candidates: places.map((locationId, index) => ({
      ...{ locationId, name: locationId, country: 'IT', point: null, capabilities: ['ship'] },
      priority: index + 1,
      available: Object.fromEntries(
        skus.filter((sku) => sku.startsWith('cold') === (locationId === 'cold')).map((sku) => [sku, 1]),
      ),
    })),
  });
  return {
    ...{ orderId, round: 1, excluded: [], decision, at },
    parts: [{ destination: null, mode: 'ship', pickupLocationId: null, decision, terms: null }],
    actWithinMs: { hot: 1, cold: 1 },
  };
}
