import type { Database } from './connect';
import { acceptOffer } from './alternative/accept-offer';
import { expireOffers, refuseOffer } from './alternative/end-offers';
import { findOfferAnswer } from './alternative/find-offer-answer';
import { findOffer } from './alternative/list-offers';
import { makeOffers } from './alternative/make-offers';
import { renewOffer } from './alternative/renew-offer';
import { findLocation } from './catalogue/find-location';
import { readAlike } from './catalogue/read-alike';
import { bindOperations, type BoundOperations } from './operations';
import { readDropships } from './dropship/read-dropship';
import { confirmFulfillment } from './fulfillment/confirm-fulfillment';
import { shipOwnParcels } from './fulfillment/ship-own-parcels';
import { readBookingFacts, recordBooking } from './fulfillment/record-booking';
import { recordCarrierEvents } from './fulfillment/record-carrier-events';
import { arriveFulfillment } from './fulfillment/arrive-fulfillment';
import { collectFulfillment } from './fulfillment/collect-fulfillment';
import { gatherPickup } from './fulfillment/gather-pickup';
import { giveUpSent } from './fulfillment/give-up-sent';
import { expireFulfillment } from './fulfillment/expire-fulfillment';
import { packFulfillment } from './fulfillment/pack-fulfillment';
import { pickFulfillment } from './fulfillment/pick-fulfillment';
import { readShipment } from './fulfillment/read-shipment';
import { readyFulfillment } from './fulfillment/ready-fulfillment';
import { rejectFulfillment } from './fulfillment/reject-fulfillment';
import { shipFulfillment } from './fulfillment/ship-fulfillment';
import { findAccountHold, moveAccount } from './account/move-account';
import { readCredit } from './account/read-credit';
import { applyEdit, readInForce } from './order/apply-edit';
import { awaitEdit } from './order/await-edit';
import { endAwaitedEdit } from './order/end-awaited-edit';
import { findAwaitedEdit } from './order/find-awaited-edit';
import { carryOut } from './order/carry-out';
import { cancelLines } from './order/cancel-lines';
import { cancelOrder } from './order/cancel-order';
import { keepServices } from './fulfillment/keep-services';
import { readWorkToShip } from './fulfillment/read-work-to-ship';
import { joinWork } from './order/join-work';
import { releaseWork } from './order/release-work';
import { giveUpTransfers } from './order/give-up-transfers';
import { requestTransfers } from './order/request-transfers';
import { readMissing } from './stock-transfer/read-missing';
import { readSentInstead, sendInstead } from './stock-transfer/send-instead';
import { askPerson } from './order/ask-person';
import { withdrawBackorders } from './order/withdraw-backorders';
import { giveUpBackorders } from './order/give-up-backorders';
import { placeHold, releaseHolds } from './order/holds';
import { readEditFacts } from './order/read-edit-facts';
import { readHoldFacts } from './order/read-hold-facts';
import { readChannel } from './order/read-channel';
import { readOrderVersion } from './read/list-order-versions';
import { readOrderFacts } from './order/read-order-facts';
import { readWaiting } from './order/read-waiting';
import { recordOrder } from './order/record-order';
import { recordStep } from './story/record-step';
import { claimOutbox, markDelivered, markFailed, markSignalsDelivered } from './outbox/outbox';
import { chargeFulfillment } from './payment/charge-fulfillment';
import { moveCredit, openStoreCredit, findCreditHold } from './payment/credit-accounts';
import { planCancelledMoney } from './payment/plan-cancelled-money';
import { planGivingBack } from './payment/plan-giving-back';
import { dropPayment, preparePayment } from './payment/prepare-payment';
import { planVoids } from './payment/plan-voids';
import { readExcess } from './payment/read-excess';
import { readPayments } from './payment/read-payments';
import { readRefunds } from './payment/read-refunds';
import { receiveTransfer } from './payment/receive-transfer';
import { recordAuthorization } from './payment/record-authorization';
import { settleMovements } from './payment/settle-movements';
import { serveWaitingOn } from './buffer/change-buffers';
import { walkStockAlerts } from './stock-alert/walk-stock-alerts';
import { expireReservations } from './reservation/expire-reservations';
import { findReservation } from './reservation/reservation-view';
import { inspectReturn } from './returns/inspect-return';
import { openReturn } from './returns/open-return';
import { readReturnDestination } from './returns/read-return-destination';
import { readReturnFacts } from './returns/read-return-facts';
import { receiveReturn } from './returns/receive-return';
import { expireReturn, recordReturnLabel, settleReturn } from './returns/settle-return';
import { findRuleVersion } from './rules/rule-version';
import { createCommitSourcing, type CommitSourcing } from './sourcing/commit-sourcing';
import { readOverstock } from './sourcing/read-overstock';
import { readStockAges } from './sourcing/read-stock-ages';
import { readTariffs } from './tariff/read-tariffs';
import { claimSubscriptions, releaseSubscription } from './push/claim-subscription';
import { readChanges } from './push/read-changes';
import { readChannelAvailability, readSkusAfter, whatIsNews } from './push/read-channel-availability';
import { beginPush, keepMarks, keepWalk, recordRefused, recordTaken } from './push/record-push';
import { expireStockAlerts } from './stock-alert/change-stock-alert';
import { noteStockAlerts } from './stock-alert/note-stock-alerts';
import { tellStockAlerts } from './stock-alert/tell-stock-alerts';
import { beginSimulation } from './simulation/begin-simulation';
import { endSimulation } from './simulation/end-simulation';
import { readPastDecisions } from './simulation/read-past-decisions';
import { readPastLoad } from './simulation/read-past-load';
import { recordTried } from './simulation/record-tried';
import { positionAt, readPastStock } from './stock/read-past-stock';
import { applyFeed } from './stock-feed/apply-feed';
import { nextFeed } from './stock-feed/find-feed';
import { readSourcingFacts } from './sourcing/read-sourcing-facts';
import { forgetLowStock, readLowStock } from './reorder/low-stock';
import { proposeReorders } from './reorder/propose-reorders';
import { refreshLevels } from './reorder/refresh-levels';
import { sendReorders } from './reorder/send-reorders';
import { keepPromise } from './promise/keep-promise';
import { forgetPromiseChanges, readPromiseChanges } from './promise/promise-changes';
import { readPromiseFacts } from './promise/read-promise-facts';
import { readLatePieces } from './promise/late-pieces';
import { readPromisedBy } from './promise/read-promised-by';
import { requestPurchase } from './purchase-request/request-purchase';
import { promiseBackorders } from './supply/promise-backorders';
import { forgetSupplyChanges, readSupplyChanges } from './supply/supply-changes';
import { tellFirstPromise } from './supply/tell-first-promise';

const operations = {
  acceptOffer,
  expireOffers,
  findOffer,
  findOfferAnswer,
  makeOffers,
  readAlike,
  refuseOffer,
  renewOffer,
  beginPush,
  beginSimulation,
  claimSubscriptions,
  keepMarks,
  keepWalk,
  readChanges,
  readChannelAvailability,
  readSkusAfter,
  recordRefused,
  recordTaken,
  releaseSubscription,
  whatIsNews,
  applyEdit,
  awaitEdit,
  endAwaitedEdit,
  findAwaitedEdit,
  applyFeed,
  askPerson,
  cancelLines,
  cancelOrder,
  carryOut,
  chargeFulfillment,
  claimOutbox,
  collectFulfillment,
  confirmFulfillment,
  endSimulation,
  dropPayment,
  findLocation,
  expireFulfillment,
  arriveFulfillment,
  gatherPickup,
  giveUpSent,
  expireReservations,
  serveWaitingOn,
  walkStockAlerts,
  expireReturn,
  expireStockAlerts,
  findCreditHold,
  findReservation,
  forgetLowStock,
  forgetPromiseChanges,
  forgetSupplyChanges,
  giveUpBackorders,
  giveUpTransfers,
  inspectReturn,
  joinWork,
  keepPromise,
  keepServices,
  markDelivered,
  markFailed,
  markSignalsDelivered,
  moveCredit,
  findAccountHold,
  moveAccount,
  readCredit,
  nextFeed,
  noteStockAlerts,
  openReturn,
  openStoreCredit,
  packFulfillment,
  pickFulfillment,
  placeHold,
  planCancelledMoney,
  planGivingBack,
  planVoids,
  positionAt,
  preparePayment,
  promiseBackorders,
  proposeReorders,
  readBookingFacts,
  readChannel,
  findRuleVersion,
  readDropships,
  readEditFacts,
  readHoldFacts,
  readInForce,
  readExcess,
  readLowStock,
  readOrderFacts,
  readOrderVersion,
  readPastDecisions,
  readPastLoad,
  readPastStock,
  readOverstock,
  readPayments,
  readPromiseChanges,
  readPromiseFacts,
  readLatePieces,
  readPromisedBy,
  readRefunds,
  readReturnDestination,
  readReturnFacts,
  readShipment,
  readSourcingFacts,
  readStockAges,
  readTariffs,
  readSupplyChanges,
  readWaiting,
  readWorkToShip,
  readyFulfillment,
  receiveReturn,
  receiveTransfer,
  recordAuthorization,
  recordBooking,
  recordCarrierEvents,
  recordOrder,
  recordReturnLabel,
  recordStep,
  recordTried,
  refreshLevels,
  rejectFulfillment,
  requestPurchase,
  requestTransfers,
  readMissing,
  readSentInstead,
  sendInstead,
  releaseHolds,
  releaseWork,
  sendReorders,
  settleMovements,
  settleReturn,
  shipFulfillment,
  shipOwnParcels,
  tellFirstPromise,
  withdrawBackorders,
  tellStockAlerts,
};

/** Everything that can be asked of the database, bound to one. */
export interface Store extends BoundOperations<typeof operations> {
  commitSourcing: CommitSourcing;
}

/** Callers of one store share statements: a process makes one and keeps it. */
export const createStore = (db: Database): Store => ({
  ...bindOperations(db, operations),
  commitSourcing: createCommitSourcing(db),
});
