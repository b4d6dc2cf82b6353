import { createAlternativeActivities } from '../../../../activities/offer/alternatives';
import {
  createSourceActivities,
  type SourceRequest,
  type Sourced,
} from '../../../../activities/sourcing/source';
import type { ActivityDependencies } from '../../../../activities/dependencies';
import { createStore } from '../../../../store';
import { builtInRuleSets } from '../../../../domain/rules/built-in';
import type { RuleSet } from '../../../../domain/rules/types';
import { publishRules } from '../../../../store/rules/publish-rules';
import { saveChannel } from '../../../../store/catalogue/save-channel';
import { createLinks } from '../../../../runtime/links';
import { saveLocation } from '../../../../store/catalogue/save-location';
import { saveSupplier } from '../../../../store/purchasing/save-supplier';
import { saveProduct } from '../../../../store/catalogue/save-product';
import { atMinute, eur, piecePrice, type Warehouse } from '../warehouse';
import { emptyModel, type Model } from './model';

export const channels = ['web', 'outlet'] as const;
export const supplierId = 'mill';
/** More than ordered that is taken in. */
export const overPercent = 25;
export const actor = 'test';
/** Of the locations, the one at which customers collect. */
const storeName = 'a';
export const storeOf = ({ locations }: Pick<Model, 'locations'>): string =>
  locations.find((id) => id.endsWith(`-${storeName}`))!;

/** What the commands are given to: the store on PostgreSQL, with the names that this run has for itself. */
export interface Real {
  warehouse: Warehouse;
  run: number;
  /** Names an intent that no other run has. */
  nameOf(what: string): string;
  /** Of rules by which nothing is divided, and one place collects what the others send. */
  gatheringRules: number;
  source(request: SourceRequest): Promise<Sourced>;
  alternatives: ReturnType<typeof createAlternativeActivities>;
}

/** Answers the rules by which one place collects what the others send; nobody goes by them of himself. */
export async function openShopOfModel({ db }: Warehouse): Promise<{ gatheringRules: number }> {
  await saveChannel(db, { code: 'outlet', type: 'webshop', name: 'Outlet', settings: {} });
  await saveSupplier(db, {
    ...{ id: supplierId, name: 'Mill', email: null, locale: 'en', locationId: null, currency: 'EUR' },
    ...{ leadTimeDays: 3, overPercent },
  });
  const usual = builtInRuleSets.fewestSplitsThenNearest;
  const rules: RuleSet = {
    ...usual,
    scenarios: [
      { ...usual.scenarios[0]!, allocation: { split: 'never' }, onShortage: { then: 'waitForTransfer' } },
    ],
  };
  const publish = { note: 'model', actor, at: atMinute(0) };
  const { number } = await publishRules(db, { key: 'gathering', rules, ...publish });
  await publishRules(db, { key: 'usual', rules: usual, ...publish });
  return { gatheringRules: number };
}

/** Two products and three locations of their own, so that one run does not see what another left. */
export async function beginRun(
  warehouse: Warehouse,
  { run, minute, gatheringRules }: { run: number; minute: number; gatheringRules: number },
): Promise<{ model: Model; real: Real }> {
  const skus = [await warehouse.freshSku(), await warehouse.freshSku()];
  // Of one kind and price: each may stand in for the other.
  for (const sku of skus)
    await saveProduct(warehouse.db, { sku, title: sku, price: eur(piecePrice), category: `run ${run}` });
  // Asked in the order of priority, which is not that of their names.
  const letters = ['c', 'a', 'b'];
  const locations = letters.map((letter) => `run-${run}-${letter}`);
  for (const [priority, id] of locations.entries()) {
    const isStore = id === storeOf({ locations });
    await saveLocation(warehouse.db, {
      ...{ id, type: 'warehouse', name: id, priority, actWithinMs: 3_600_000 },
      address: { name: id, line1: 'Via Uno 1', postalCode: '40100', city: 'Bologna', country: 'IT' },
      capabilities: isStore ? ['ship', 'returns', 'pickup'] : ['ship', 'returns'],
      ...(isStore && { pickupWhenShort: 'send' as const }),
    });
  }
  let names = 0;
  let sourcings = 0;
  // Two stores, as two processes have.
  const sourcing = [warehouse.store, createStore(warehouse.db)].map((store) =>
    createSourceActivities({ store } as ActivityDependencies),
  );
  return {
    model: emptyModel(skus, locations, minute),
    real: {
      warehouse,
      ...{ run, gatheringRules },
      nameOf: (what) => `${what}-${run}-${(names += 1)}`,
      alternatives: createAlternativeActivities({
        ...{ store: warehouse.store, links: createLinks('http://localhost', 'model'), payments: [] },
      } as unknown as ActivityDependencies),
      source: (request) => sourcing[(sourcings += 1) % 2]!.sourceOrder(request),
    },
  };
}

export const timeOf = ({ minute }: Model): string => atMinute(minute);
