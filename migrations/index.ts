import type { Knex } from 'knex';
import * as catalogue from './001-catalogue';
import * as stock from './002-stock';
import * as orders from './003-orders';
import * as money from './004-money';
import * as afterSale from './005-after-sale';
import * as outbox from './006-outbox';
import * as access from './007-access';
import * as ledgers from './008-ledgers-stay';
import * as givenUp from './009-given-up';
import * as acceptedOrders from './011-accepted-orders-and-open-work';
import * as moneyPutRight from './012-money-put-right';
import * as stockHistory from './013-stock-history';
import * as stockTransfers from './014-stock-transfers';
import * as purchasing from './016-purchasing';
import * as locationFacts from './015-buffers-and-location-facts';
import * as promises from './017-promises';
import * as rules from './019-rules';
import * as stockFeeds from './021-stock-feeds';
import * as reorder from './018-reorder';
import * as reservations from './024-reservations';
import * as feedRowsDue from './066-feed-rows-due';
import * as feedsComparedEarly from './068-feeds-compared-early';
import * as stockIsOfWhatStays from './069-stock-is-of-what-stays';
import * as offersAskedFor from './073-offers-asked-for';
import * as supplierLocations from './074-supplier-locations';
import * as offersEnd from './075-offers-end-with-their-pieces';
import * as givenUpWork from './076-given-up-is-no-refusal';
import * as wideSearch from './077-what-is-searched-in-a-wide-house';
import * as gtinsOnce from './078-gtins-once';
import * as feedsEndQuickly from './079-feeds-that-end-quickly';
import * as ledgerSummarised from './080-the-ledger-is-summarised-by-vacuum';
import * as feedsAsText from './081-feeds-as-text';
import * as stockFeedDifferences from './022-stock-feed-differences';
import * as orderPromises from './029-order-promises';
import * as availabilityPushes from './023-availability-pushes';
import * as keptPromises from './030-kept-promises';
import * as soldAt from './031-sold-at';
import * as alternatives from './040-alternatives';
import * as stockAlerts from './041-stock-alerts';
import * as feedRowsForgotten from './050-feed-rows-are-forgotten';
import * as stockAsItWas from './043-stock-as-it-was';
import * as simulations from './044-simulations';
import * as internalOrders from './045-internal-orders';
import * as typedHolds from './034-typed-holds';
import * as accounts from './046-accounts';
import * as alternativeOffers from './042-alternative-offers';
import * as tariffs from './032-tariffs';
import * as stockFacts from './033-stock-facts';
import * as stores from './047-stores';
import * as destinations from './048-destinations';
import * as orderVersions from './035-order-versions';
import * as supplierCalendars from './053-supplier-calendars';
import * as stockByLocation from './065-stock-by-location';
import * as backordersByOrder from './067-backorders-by-order';
import * as roomForOrders from './072-room-for-orders-to-change';
import * as narrowWalks from './051-narrow-walks';
import * as purchaseRequests from './037-purchase-requests';
import * as awaitedTransfers from './038-awaited-transfers';
import * as joinedHolds from './059-joined-holds';
import * as promisedTransfers from './060-promised-transfers';
import * as draftVersions from './062-draft-versions';
import * as consoleLists from './063-what-the-console-lists';
import * as triedOrdersForgotten from './064-tried-orders-are-forgotten';
import * as shipToStore from './049-ship-to-store';
import * as awaitedEdits from './056-awaited-edits';
import * as orderedAnyway from './070-ordered-anyway';
import * as availabilityWalks from './071-availability-walks';

interface Step {
  name: string;
  up(knex: Knex): Promise<void>;
}

/** All steps in order; forward only. A step that has been released never changes: add another. */
const steps: Step[] = [
  { name: '001-catalogue', up: catalogue.up },
  { name: '002-stock', up: stock.up },
  { name: '003-orders', up: orders.up },
  { name: '004-money', up: money.up },
  { name: '005-after-sale', up: afterSale.up },
  { name: '006-outbox', up: outbox.up },
  { name: '007-access', up: access.up },
  { name: '008-ledgers-stay', up: ledgers.up },
  { name: '009-given-up', up: givenUp.up },
  { name: '011-accepted-orders-and-open-work', up: acceptedOrders.up },
  { name: '012-money-put-right', up: moneyPutRight.up },
  { name: '013-stock-history', up: stockHistory.up },
  { name: '014-stock-transfers', up: stockTransfers.up },
  { name: '016-purchasing', up: purchasing.up },
  { name: '015-buffers-and-location-facts', up: locationFacts.up },
  { name: '017-promises', up: promises.up },
  { name: '021-stock-feeds', up: stockFeeds.up },
  { name: '018-reorder', up: reorder.up },
  { name: '022-stock-feed-differences', up: stockFeedDifferences.up },
  { name: '029-order-promises', up: orderPromises.up },
  { name: '019-rules', up: rules.up },
  { name: '023-availability-pushes', up: availabilityPushes.up },
  { name: '030-kept-promises', up: keptPromises.up },
  { name: '031-sold-at', up: soldAt.up },
  { name: '024-reservations', up: reservations.up },
  { name: '040-alternatives', up: alternatives.up },
  { name: '041-stock-alerts', up: stockAlerts.up },
  { name: '050-feed-rows-are-forgotten', up: feedRowsForgotten.up },
  { name: '043-stock-as-it-was', up: stockAsItWas.up },
  { name: '044-simulations', up: simulations.up },
  { name: '045-internal-orders', up: internalOrders.up },
  { name: '034-typed-holds', up: typedHolds.up },
  { name: '046-accounts', up: accounts.up },
  { name: '042-alternative-offers', up: alternativeOffers.up },
  { name: '032-tariffs', up: tariffs.up },
  { name: '033-stock-facts', up: stockFacts.up },
  { name: '047-stores', up: stores.up },
  { name: '048-destinations', up: destinations.up },
  { name: '035-order-versions', up: orderVersions.up },
  { name: '053-supplier-calendars', up: supplierCalendars.up },
  { name: '051-narrow-walks', up: narrowWalks.up },
  { name: '037-purchase-requests', up: purchaseRequests.up },
  { name: '038-awaited-transfers', up: awaitedTransfers.up },
  { name: '065-stock-by-location', up: stockByLocation.up },
  { name: '059-joined-holds', up: joinedHolds.up },
  { name: '060-promised-transfers', up: promisedTransfers.up },
  { name: '062-draft-versions', up: draftVersions.up },
  { name: '063-what-the-console-lists', up: consoleLists.up },
  { name: '064-tried-orders-are-forgotten', up: triedOrdersForgotten.up },
  { name: '049-ship-to-store', up: shipToStore.up },
  { name: '056-awaited-edits', up: awaitedEdits.up },
  { name: '066-feed-rows-due', up: feedRowsDue.up },
  { name: '067-backorders-by-order', up: backordersByOrder.up },
  { name: '068-feeds-compared-early', up: feedsComparedEarly.up },
  { name: '069-stock-is-of-what-stays', up: stockIsOfWhatStays.up },
  { name: '070-ordered-anyway', up: orderedAnyway.up },
  { name: '071-availability-walks', up: availabilityWalks.up },
  { name: '072-room-for-orders-to-change', up: roomForOrders.up },
  { name: '073-offers-asked-for', up: offersAskedFor.up },
  { name: '074-supplier-locations', up: supplierLocations.up },
  { name: '075-offers-end-with-their-pieces', up: offersEnd.up },
  { name: '076-given-up-is-no-refusal', up: givenUpWork.up },
  { name: '077-what-is-searched-in-a-wide-house', up: wideSearch.up },
  { name: '078-gtins-once', up: gtinsOnce.up },
  { name: '079-feeds-that-end-quickly', up: feedsEndQuickly.up },
  { name: '080-the-ledger-is-summarised-by-vacuum', up: ledgerSummarised.up },
  { name: '081-feeds-as-text', up: feedsAsText.up },
];

/** Imported, not read from a folder, so that the same list is applied however the program is loaded. */
export const migrationSource: Knex.MigrationSource<Step> = {
  getMigrations: () => Promise.resolve(steps),
  getMigrationName: (step) => step.name,
  getMigration: (step) =>
    Promise.resolve({
      up: step.up,
      down: () => Promise.reject(new Error('Migrations go forward only: write a new one that mends')),
    }),
};
