import type { ApiDependencies } from '../dependencies';
import { createAlternatives } from './alternatives';
import { createAccounts } from './accounts';
import { createAvailability } from './availability';
import { createBuffers } from './buffers';
import { createCarriers } from './carriers';
import { createCatalogue } from './catalogue';
import { createCommands } from './commands';
import { createDocuments } from './documents';
import { createEdits } from './edits';
import { createFulfillments } from './fulfillments';
import { createIntake } from './intake';
import { createOffers } from './offers';
import { createOrderReader } from './order-reader';
import { createOrders } from './orders';
import { createPayments } from './payments';
import { createPriceLists } from './price-lists';
import { createExceptions } from './exceptions';
import { createPurchaseRequests } from './purchase-requests';
import { createPurchaseOrders } from './purchase-orders';
import { createReorder } from './reorder';
import { createReplenishment } from './replenishment';
import { createReservations } from './reservations';
import { createReturns } from './returns';
import { createRules } from './rules';
import { createStockAlerts } from './stock-alerts';
import { createSimulations } from './simulations';
import { createStock } from './stock';
import { createStockTransfers } from './stock-transfers';
import { createSuppliers } from './suppliers';
import { createSubscriptions } from './subscriptions';
import { createTariffs } from './tariffs';
import { createStockFeeds } from './stock-feeds';

/** What can be done with the system, free of HTTP: the API's routes and the console both call these. */
export function createServices(deps: ApiDependencies) {
  const commands = createCommands(deps);
  const reader = createOrderReader(deps);
  const availability = createAvailability(deps);
  const orders = createOrders(deps, commands, reader);
  return {
    alternatives: createAlternatives(deps, commands),
    accounts: createAccounts(deps),
    availability,
    buffers: createBuffers(deps, commands),
    carriers: createCarriers(deps, commands),
    catalogue: createCatalogue(deps, commands),
    documents: createDocuments(deps),
    edits: createEdits(deps, reader, (principal, id) => orders.find(principal, id)),
    fulfillments: createFulfillments(deps, commands),
    intake: createIntake(deps),
    offers: createOffers(deps, reader),
    orders,
    payments: createPayments(deps),
    priceLists: createPriceLists(deps),
    purchaseOrders: createPurchaseOrders(deps, commands),
    reorder: createReorder(deps),
    replenishment: createReplenishment(deps),
    reservations: createReservations(deps, commands),
    returns: createReturns(deps, commands, reader),
    rules: createRules(deps),
    simulations: createSimulations(deps),
    stock: createStock(deps, commands),
    stockAlerts: createStockAlerts(deps, commands),
    stockTransfers: createStockTransfers(deps, commands),
    purchaseRequests: createPurchaseRequests(deps, commands),
    exceptions: createExceptions(deps),
    suppliers: createSuppliers(deps),
    stockFeeds: createStockFeeds(deps),
    subscriptions: createSubscriptions(deps),
    tariffs: createTariffs(deps, availability),
    /** Before the database is closed. */
    finish: commands.finish,
  };
}

export type Services = ReturnType<typeof createServices>;
