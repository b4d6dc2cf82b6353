import type { Role } from '../domain/access';
import type { Principal } from './authenticate';

/** Who may do what: admin everything, the others what is listed. */
const access = {
  placeOrder: ['channel', 'store', 'support'],
  findOrder: ['channel', 'store', 'support'],
  listOrders: ['channel', 'store', 'support'],
  readTimeline: ['channel', 'store', 'support'],
  readSourcing: ['support'],
  cancelOrder: ['channel', 'support'],
  listOffers: ['channel', 'support'],
  askForOffers: ['channel', 'support'],
  acceptOffer: ['channel', 'support'],
  refuseOffer: ['channel', 'support'],
  editOrder: ['channel', 'store', 'support'],
  previewEdit: ['channel', 'store', 'support'],
  withdrawEdit: ['channel', 'store', 'support'],
  listOrderVersions: ['channel', 'store', 'support'],
  sourceOrderAgain: ['support'],
  listExceptions: ['support'],
  holdOrder: ['support'],
  listHolds: ['support'],
  releaseOrder: ['support'],
  recordTransfer: ['support'],
  holdReservation: ['channel', 'support'],
  findReservation: ['channel', 'warehouse', 'support'],
  extendReservation: ['channel', 'support'],
  releaseReservation: ['channel', 'support'],
  askStockAlert: ['channel', 'support'],
  findStockAlert: ['channel', 'support'],
  listStockAlerts: ['channel', 'support'],
  countStockAlerts: ['channel', 'support'],
  cancelStockAlert: ['channel', 'support'],
  readAvailability: ['channel', 'warehouse', 'store', 'support'],
  saveProduct: [],
  findProduct: ['channel', 'warehouse', 'store', 'support'],
  listProducts: ['channel', 'warehouse', 'store', 'support'],
  replaceAlternatives: [],
  findAlternatives: ['channel', 'warehouse', 'support'],
  deleteAlternatives: [],
  saveLocation: [],
  findLocation: ['channel', 'warehouse', 'store', 'support'],
  replaceAssortment: [],
  changeAssortment: [],
  listAssortment: ['channel', 'warehouse', 'store', 'support'],
  listLocations: ['channel', 'warehouse', 'store', 'support'],
  saveChannel: [],
  findChannel: ['channel', 'store', 'support'],
  listChannels: ['channel', 'store', 'support'],
  savePriceList: [],
  changePrices: [],
  findPriceList: ['channel', 'support'],
  listPriceLists: ['support'],
  listPrices: ['channel', 'support'],
  saveAccount: [],
  findAccount: ['channel', 'support'],
  listAccounts: ['channel', 'support'],
  listAccountEntries: ['channel', 'support'],
  recordAccountPayment: ['support'],
  openGiftCard: [],
  findGiftCard: ['support'],
  readStock: ['warehouse', 'store', 'support'],
  readPastStock: ['warehouse', 'support'],
  listLedger: ['warehouse', 'support'],
  // Of stores: counts of their own shelves.
  recordMovements: ['warehouse', 'store'],
  recordIncoming: ['warehouse'],
  setSafetyStock: [],
  saveBuffer: [],
  findBuffer: ['warehouse', 'support'],
  deleteBuffer: [],
  listBuffers: ['warehouse', 'support'],
  readRuleSchema: ['support'],
  readRuleDraft: ['support'],
  saveRuleDraft: [],
  publishRules: [],
  listRuleVersions: ['support'],
  findRuleVersion: ['support'],
  runSimulation: ['support'],
  listSimulations: ['support'],
  findSimulation: ['support'],
  cancelSimulation: ['support'],
  listTriedOrders: ['support'],
  exportSimulation: ['support'],
  saveTariff: [],
  saveTariffFile: [],
  readTariffFile: ['support'],
  readTariffTemplate: ['support'],
  findTariff: ['support'],
  deleteTariff: [],
  listTariffs: ['support'],
  requestStockTransfer: ['warehouse'],
  listStockTransfers: ['warehouse', 'store', 'support'],
  findStockTransfer: ['warehouse', 'store', 'support'],
  shipStockTransfer: ['warehouse'],
  receiveStockTransfer: ['warehouse', 'store'],
  cancelStockTransfer: ['warehouse'],
  saveSupplier: [],
  findSupplier: ['warehouse', 'support'],
  listSuppliers: ['warehouse', 'support'],
  saveSupplierItem: [],
  listSupplierItems: ['warehouse', 'support'],
  // What is ordered costs money; who unpacks it says what came.
  createPurchaseOrder: [],
  listPurchaseOrders: ['warehouse', 'support'],
  findPurchaseOrder: ['warehouse', 'support'],
  readPurchaseOrderDocument: ['warehouse', 'support'],
  editPurchaseOrder: [],
  sendPurchaseOrder: [],
  confirmPurchaseOrder: [],
  noticePurchaseOrder: ['warehouse'],
  receivePurchaseOrder: ['warehouse'],
  closePurchaseOrder: [],
  cancelPurchaseOrder: [],
  listPurchaseRequests: ['warehouse', 'support'],
  findPurchaseRequest: ['warehouse', 'support'],
  orderPurchaseRequest: [],
  refusePurchaseRequest: ['support'],
  saveSubscription: ['channel'],
  findSubscription: ['channel', 'support'],
  deleteSubscription: ['channel'],
  askForSnapshot: ['channel', 'support'],
  listDeliveries: ['channel', 'support'],
  receiveFeed: ['warehouse'],
  listFeeds: ['warehouse', 'support'],
  findFeed: ['warehouse', 'support'],
  readFeedReport: ['warehouse', 'support'],
  saveReorderPoint: [],
  listReorderPoints: ['warehouse', 'store', 'support'],
  suggestReplenishment: ['store'],
  listReorderProposals: ['warehouse', 'support'],
  listFulfillments: ['warehouse', 'store', 'support'],
  findFulfillment: ['warehouse', 'store', 'support'],
  confirmFulfillment: ['warehouse'],
  pickFulfillment: ['warehouse', 'store'],
  packFulfillment: ['warehouse', 'store'],
  shipFulfillment: ['warehouse', 'store'],
  arriveFulfillment: ['warehouse', 'store'],
  rejectFulfillment: ['warehouse', 'store'],
  readyFulfillment: ['warehouse', 'store'],
  collectFulfillment: ['warehouse', 'store'],
  recordCarrierEvents: ['carrier'],
  recordPaymentNotice: [],
  listPaymentFindings: ['support'],
  resolvePaymentFinding: ['support'],
  requestReturn: ['channel', 'store', 'support'],
  findReturn: ['channel', 'warehouse', 'store', 'support'],
  receiveReturn: ['warehouse', 'store'],
  inspectReturn: ['warehouse', 'store'],
  readDocument: ['channel', 'warehouse', 'store', 'support'],
  fastForward: ['support'],
} satisfies Record<string, Role[]>;

export type OperationId = keyof typeof access;

/** All that a warehouse's key may do that is bound to one location: a supplier sees its own work and nothing else. */
const ofOneLocation: readonly OperationId[] = [
  'listFulfillments',
  'findFulfillment',
  'confirmFulfillment',
  'pickFulfillment',
  'packFulfillment',
  'shipFulfillment',
  'arriveFulfillment',
  'rejectFulfillment',
  'readyFulfillment',
  'collectFulfillment',
];

/** Roles besides admin that may do it. */
export const rolesOf = (operation: OperationId): readonly Role[] => access[operation];

export function mayDo(role: Role, operation: OperationId): boolean {
  return role === 'admin' || rolesOf(operation).includes(role);
}

/** The location that a key acts for alone; null for every other key. */
export const ownLocationOf = ({ role, boundTo }: Principal): string | null =>
  role === 'warehouse' || role === 'store' ? boundTo : null;

/** Whether a key acts for a location: for this one alone, or for all. */
export const actsFor = (principal: Principal, locationId: string): boolean =>
  [null, locationId].includes(ownLocationOf(principal));

/** The channel that a key acts for alone; null for every other key. */
export const ownChannelOf = ({ role, boundTo }: Principal): string | null =>
  role === 'channel' ? boundTo : null;

/** Whether somebody may do it, by role and by what their key is bound to. */
export const mayAct = (principal: Principal, operation: OperationId): boolean =>
  mayDo(principal.role, operation) &&
  (principal.role === 'store' || ownLocationOf(principal) === null || ofOneLocation.includes(operation));
