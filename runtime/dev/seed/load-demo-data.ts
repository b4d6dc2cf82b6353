import type { Product } from '../../../domain/catalogue/product';
import type { Database } from '../../../store/connect';
import { saveChannel } from '../../../store/catalogue/save-channel';
import { saveLocation } from '../../../store/catalogue/save-location';
import { saveProduct } from '../../../store/catalogue/save-product';
import { saveSupplier } from '../../../store/purchasing/save-supplier';
import { saveSupplierItem } from '../../../store/purchasing/save-supplier-item';
import { saveTariff } from '../../../store/tariff/save-tariff';
import { saveReorderPoint } from '../../../store/reorder/save-reorder-point';
import { recordIncoming } from '../../../store/stock/record-incoming';
import { recordMovement } from '../../../store/stock/record-movement';
import { setSafetyStock } from '../../../store/stock/set-safety-stock';
import { demoChannels } from './channels';
import { saveAccount } from '../../../store/account/save-account';
import { savePriceList } from '../../../store/price-list/save-price-list';
import { franchisePrices, franchisees } from './franchise';
import { demoLocations } from './locations';
import { demoProducts } from './products';
import { demoIncoming, demoStock } from './stock';
import { demoReorderPoints, demoSuppliers } from './suppliers';
import { demoTariffs } from './tariffs';

const dayMs = 86_400_000;
const actor = 'demo data';
const keyOf = (...words: string[]): string => ['demo', ...words].join(':');

/**
 * Loads the retailer once, in one transaction and through the store's own operations, so that ledger and
 * counters agree. The ledger is the mark that it is loaded: what people changed since is left alone.
 */
export async function loadDemoData(db: Database, now: Date): Promise<'loaded' | 'loadedBefore'> {
  return db.transaction(async (trx) => {
    await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('demo data', 0))`);
    if (await isLoaded(trx)) return 'loadedBefore';
    for (const channel of demoChannels) await saveChannel(trx, channel);
    for (const location of demoLocations) await saveLocation(trx, location);
    for (const { range: _, ...product } of demoProducts) await offer(trx, product);
    await stockUp(trx, now.toISOString());
    await announceSupply(trx, now);
    await nameSuppliers(trx, now);
    for (const tariff of demoTariffs) await saveTariff(trx, tariff, { actor, at: now.toISOString() });
    await openAccounts(trx, now);
    return 'loaded';
  });
}

async function offer(trx: Database, product: Product): Promise<void> {
  const saved = await saveProduct(trx, product);
  if (saved.outcome === 'invalid') throw new Error(saved.problems[0]!.detail);
}

async function isLoaded(trx: Database): Promise<boolean> {
  return (await trx('stock_ledger').where({ actor }).first('id')) !== undefined;
}

async function stockUp(trx: Database, at: string): Promise<void> {
  for (const { sku, locationId, onHand, safetyStock } of demoStock(demoProducts)) {
    if (onHand > 0) {
      const movement = { sku, locationId, type: 'receipt' as const, quantity: onHand, reference: 'opening' };
      const key = keyOf('opening', sku, locationId);
      expectDone(await recordMovement(trx, { key, movement, actor, at }));
    }
    const key = keyOf('safety', sku, locationId);
    if (safetyStock > 0 || onHand === 0)
      expectDone(await setSafetyStock(trx, { key, sku, locationId, safetyStock, actor, at }));
  }
}

async function announceSupply(trx: Database, now: Date): Promise<void> {
  for (const { inDays, ...supply } of demoIncoming) {
    const expectedAt = new Date(now.getTime() + inDays * dayMs).toISOString();
    const key = keyOf('incoming', supply.reference, supply.sku);
    expectDone(await recordIncoming(trx, { ...supply, key, expectedAt, actor, at: now.toISOString() }));
  }
}

async function nameSuppliers(trx: Database, now: Date): Promise<void> {
  for (const { supplier, items } of demoSuppliers(now)) {
    await saveSupplier(trx, supplier);
    for (const item of items) await saveSupplierItem(trx, { supplierId: supplier.id, item });
  }
  for (const { sku, locationId, ...levels } of demoReorderPoints)
    await saveReorderPoint(trx, {
      ...{ sku, locationId, levels, mode: 'propose', supplierId: null, owner: 'purchasing' },
      ...{ serviceLevel: 95, coverDays: 30, at: now.toISOString() },
    });
}

async function openAccounts(trx: Database, now: Date): Promise<void> {
  expectSaved(await savePriceList(trx, franchisePrices(now)));
  for (const account of franchisees) expectSaved(await saveAccount(trx, account));
}

function expectSaved({ outcome }: { outcome: string }): void {
  if (outcome !== 'saved') throw new Error(`Demo data were refused: ${outcome}`);
}

function expectDone(result: { outcome: string; detail?: string }): void {
  if (result.outcome !== 'done')
    throw new Error(`Demo data were refused: ${result.detail ?? result.outcome}`);
}
