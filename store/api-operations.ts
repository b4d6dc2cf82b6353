import { findAccount, listAccounts } from './account/find-account';
import { listAccountEntries } from './account/list-account-entries';
import { payAccount } from './account/pay-account';
import { readAccountTerms } from './account/read-account-terms';
import { readWaitingForCredit } from './account/read-waiting-for-credit';
import { saveAccount } from './account/save-account';
import { changePrices } from './price-list/change-prices';
import { findPriceList, listPriceLists, listPrices } from './price-list/find-price-list';
import { readReplenishment } from './reorder/read-replenishment';
import { savePriceList } from './price-list/save-price-list';
import { listOffers } from './alternative/list-offers';
import { deleteBuffer } from './buffer/delete-buffer';
import { findBuffer, listBuffers } from './buffer/list-buffers';
import { saveBuffer } from './buffer/save-buffer';
import { changeAssortment } from './catalogue/change-assortment';
import { listAssortment } from './catalogue/list-assortment';
import { findChannel } from './catalogue/find-channel';
import { findLocation } from './catalogue/find-location';
import { findProduct } from './catalogue/find-product';
import { knownSkus } from './catalogue/known-skus';
import { listAlternatives } from './catalogue/list-alternatives';
import { listChannels } from './catalogue/list-channels';
import { listLocations } from './catalogue/list-locations';
import { listProducts } from './catalogue/list-products';
import { readAlike } from './catalogue/read-alike';
import { replaceAlternatives } from './catalogue/replace-alternatives';
import { nameLocations } from './catalogue/name-locations';
import { saveChannel } from './catalogue/save-channel';
import { saveLocation } from './catalogue/save-location';
import { saveProduct } from './catalogue/save-product';
import { checkDatabase } from './check-database';
import { claimRequest } from './idempotency/claim-request';
import { forgetOldClaims } from './idempotency/forget-old-claims';
import { keepClaim } from './idempotency/keep-claim';
import { releaseClaim } from './idempotency/release-claim';
import { storeAnswer } from './idempotency/store-answer';
import { findKey } from './keys/find-key';
import { revokeKey } from './keys/revoke-key';
import { saveKey } from './keys/save-key';
import { acceptOrder } from './order/accept-order';
import { forgetAccepted } from './order/forget-accepted';
import { findCreditAccount } from './payment/find-credit-account';
import { listFindings, resolveFinding } from './payment/findings';
import { openGiftCard } from './payment/open-gift-card';
import { receiveNotice } from './payment/receive-notice';
import { confirmPurchaseOrder } from './purchasing/confirm-purchase-order';
import { findPurchaseRequest } from './purchase-request/find-purchase-request';
import { listPurchaseRequests } from './purchase-request/list-purchase-requests';
import { orderPurchaseRequest } from './purchase-request/order-purchase-request';
import { refusePurchaseRequest } from './purchase-request/refuse-purchase-request';
import { readOverdueWaits } from './read/console-exceptions';
import { createPurchaseOrder } from './purchasing/create-purchase-order';
import { editPurchaseOrder } from './purchasing/edit-purchase-order';
import { findPurchaseOrder } from './purchasing/find-purchase-order';
import { findPurchaseOrderContent } from './purchasing/find-purchase-order-content';
import { findSupplier } from './purchasing/find-supplier';
import { cancelPurchaseOrder, closePurchaseOrder } from './purchasing/give-up-purchase-order';
import { listPurchaseOrders } from './purchasing/list-purchase-orders';
import { listSupplierItems } from './purchasing/list-supplier-items';
import { listSuppliers } from './purchasing/list-suppliers';
import { noticePurchaseOrder } from './purchasing/notice-purchase-order';
import { receivePurchaseOrder } from './purchasing/receive-purchase-order';
import { saveSupplier } from './purchasing/save-supplier';
import { saveSupplierItem } from './purchasing/save-supplier-item';
import { sendPurchaseOrder } from './purchasing/send-purchase-order';
import { findAccepted } from './read/find-accepted';
import { findDocument } from './read/find-document';
import { findOrder } from './read/find-order';
import { findOrderKey } from './read/find-order-key';
import { findReturn } from './read/find-return';
import { findUnlabelled } from './read/find-unlabelled';
import { findFulfillment, listFulfillments } from './read/list-fulfillments';
import { listOrderVersions } from './read/list-order-versions';
import { listHolds } from './read/list-holds';
import { listOrders } from './read/list-orders';
import { readDecision } from './read/read-decision';
import { readIntake } from './read/read-intake';
import { readSourcing } from './read/read-sourcing';
import { readTimeline } from './read/read-timeline';
import { readKnownNames } from './rules/known-names';
import { readKnownReferences } from './rules/known-references';
import { listRuleVersions } from './rules/list-rule-versions';
import { publishRules } from './rules/publish-rules';
import { findRuleDraft, saveRuleDraft } from './rules/rule-draft';
import { findRulesInForce, findRuleVersion } from './rules/rule-version';
import { createSimulation } from './simulation/create-simulation';
import { cancelSimulation } from './simulation/end-simulation';
import { forgetTriedOrders } from './simulation/forget-tried-orders';
import { findSimulation, listSimulations, openSimulations } from './simulation/find-simulation';
import { listTriedOrders } from './simulation/list-tried-orders';
import { cancelStockTransfer } from './stock-transfer/cancel-transfer';
import { findStockTransfer } from './stock-transfer/find-transfer';
import { listStockTransfers } from './stock-transfer/list-transfers';
import { receiveStockTransfer } from './stock-transfer/receive-transfer';
import { requestStockTransfer } from './stock-transfer/request-transfer';
import { shipStockTransfer } from './stock-transfer/ship-transfer';
import { forgetOldDeliveries, listDeliveries } from './push/list-deliveries';
import {
  askForSnapshot,
  deleteSubscription,
  findSubscription,
  saveSubscription,
} from './push/save-subscription';
import { acceptFeed } from './stock-feed/accept-feed';
import { addChunk } from './stock-feed/add-chunk';
import { findFeedBefore } from './stock-feed/feed-before';
import { findFeed, listFeeds, locationsOfOpenFeeds } from './stock-feed/find-feed';
import { forgetFeedRows } from './stock-feed/forget-feed-rows';
import { discardFeed, forgetUnfinishedFeeds, openFeed } from './stock-feed/open-feed';
import { readReport } from './stock-feed/read-report';
import { listReorderPoints } from './reorder/list-reorder-points';
import { listReorderProposals } from './reorder/list-reorder-proposals';
import { saveReorderPoint } from './reorder/save-reorder-point';
import { extendReservation, releaseReservation } from './reservation/change-reservation';
import { holdReservation } from './reservation/hold-reservation';
import { findReservation } from './reservation/reservation-view';
import { askStockAlert } from './stock-alert/ask-stock-alert';
import { cancelStockAlert, confirmStockAlert } from './stock-alert/change-stock-alert';
import { countStockAlerts } from './stock-alert/count-stock-alerts';
import { findStockAlert, listStockAlerts } from './stock-alert/list-stock-alerts';
import { readSourcingFacts } from './sourcing/read-sourcing-facts';
import { listLedger } from './stock/list-ledger';
import { readIncoming } from './stock/read-incoming';
import { readSellable } from './stock/read-sellable';
import { readStock } from './stock/read-stock';
import { recordIncoming } from './stock/record-incoming';
import { recordMovement } from './stock/record-movement';
import { deleteTariff } from './tariff/delete-tariff';
import { findTariff, listTariffs } from './tariff/list-tariffs';
import { saveTariff } from './tariff/save-tariff';
import { setSafetyStock } from './stock/set-safety-stock';
import { readOutlook } from './supply/read-outlook';

/** Set-up, stock and reads: what people and programs ask of the database outside of an order's own steps. */
export const apiOperations = {
  askForSnapshot,
  deleteSubscription,
  findSubscription,
  forgetOldDeliveries,
  listDeliveries,
  saveSubscription,
  acceptFeed,
  acceptOrder,
  addChunk,
  askStockAlert,
  cancelPurchaseOrder,
  cancelStockAlert,
  cancelSimulation,
  cancelStockTransfer,
  changeAssortment,
  checkDatabase,
  claimRequest,
  closePurchaseOrder,
  confirmPurchaseOrder,
  changePrices,
  confirmStockAlert,
  countStockAlerts,
  createPurchaseOrder,
  createSimulation,
  findPurchaseRequest,
  listPurchaseRequests,
  orderPurchaseRequest,
  refusePurchaseRequest,
  readOverdueWaits,
  deleteBuffer,
  deleteTariff,
  discardFeed,
  extendReservation,
  findAccepted,
  findBuffer,
  findChannel,
  findCreditAccount,
  findDocument,
  findFeed,
  findFeedBefore,
  findFulfillment,
  findKey,
  findLocation,
  findOrder,
  findOrderKey,
  findProduct,
  findPurchaseOrder,
  findPurchaseOrderContent,
  findReservation,
  findReturn,
  findRuleDraft,
  findRulesInForce,
  findRuleVersion,
  findStockAlert,
  findSimulation,
  findStockTransfer,
  findSupplier,
  findTariff,
  findUnlabelled,
  forgetAccepted,
  forgetFeedRows,
  forgetOldClaims,
  forgetTriedOrders,
  forgetUnfinishedFeeds,
  holdReservation,
  keepClaim,
  knownSkus,
  listAlternatives,
  listAssortment,
  listBuffers,
  listChannels,
  listFeeds,
  listFindings,
  listFulfillments,
  listHolds,
  listLedger,
  listLocations,
  listOffers,
  listOrders,
  listOrderVersions,
  listProducts,
  listRuleVersions,
  listSimulations,
  listTriedOrders,
  publishRules,
  readKnownNames,
  readKnownReferences,
  saveRuleDraft,
  listPurchaseOrders,
  listReorderPoints,
  listReorderProposals,
  listStockAlerts,
  listStockTransfers,
  listSupplierItems,
  listSuppliers,
  nameLocations,
  listTariffs,
  noticePurchaseOrder,
  locationsOfOpenFeeds,
  openFeed,
  openGiftCard,
  readAlike,
  openSimulations,
  readDecision,
  readIncoming,
  readIntake,
  readOutlook,
  readReport,
  readSellable,
  readSourcing,
  readSourcingFacts,
  readStock,
  readTimeline,
  receiveNotice,
  receivePurchaseOrder,
  receiveStockTransfer,
  recordIncoming,
  recordMovement,
  releaseClaim,
  releaseReservation,
  replaceAlternatives,
  requestStockTransfer,
  resolveFinding,
  revokeKey,
  saveBuffer,
  saveChannel,
  saveKey,
  saveLocation,
  saveProduct,
  saveReorderPoint,
  saveSupplier,
  saveSupplierItem,
  saveTariff,
  editPurchaseOrder,
  sendPurchaseOrder,
  setSafetyStock,
  shipStockTransfer,
  storeAnswer,
  findAccount,
  findPriceList,
  listAccountEntries,
  listAccounts,
  listPriceLists,
  listPrices,
  payAccount,
  readAccountTerms,
  readWaitingForCredit,
  saveAccount,
  savePriceList,
  readReplenishment,
};
