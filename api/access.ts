import type { Role } from '../domain/access';
import type { Principal } from './authenticate';

/** Who may do what: admin everything, the others what is listed. `public` needs no key. */
const access = {
  placeOrder: ['channel', 'support'],
  findOrder: ['channel', 'support'],
  listOrders: ['channel', 'support'],
  readTimeline: ['channel', 'support'],
  readSourcing: ['support'],
  cancelOrder: ['channel', 'support'],
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
  cancelStockAlert: ['channel', 'support'],
  readAvailability: ['channel', 'warehouse', 'support'],
  saveProduct: [],
  findProduct: ['channel', 'warehouse', 'support'],
  listProducts: ['channel', 'warehouse', 'support'],
  replaceAlternatives: [],
  findAlternatives: ['channel', 'warehouse', 'support'],
  deleteAlternatives: [],
  saveLocation: [],
  findLocation: ['channel', 'warehouse', 'support'],
  replaceAssortment: [],
  changeAssortment: [],
  listAssortment: ['channel', 'warehouse', 'support'],
  listLocations: ['channel', 'warehouse', 'support'],
  saveChannel: [],
  findChannel: ['channel', 'support'],
  listChannels: ['channel', 'support'],
  openGiftCard: [],
  findGiftCard: ['support'],
  readStock: ['warehouse', 'support'],
  listLedger: ['warehouse', 'support'],
  recordMovements: ['warehouse'],
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
  requestStockTransfer: ['warehouse'],
  listStockTransfers: ['warehouse', 'support'],
  findStockTransfer: ['warehouse', 'support'],
  shipStockTransfer: ['warehouse'],
  receiveStockTransfer: ['warehouse'],
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
  sendPurchaseOrder: [],
  confirmPurchaseOrder: [],
  noticePurchaseOrder: ['warehouse'],
  receivePurchaseOrder: ['warehouse'],
  closePurchaseOrder: [],
  cancelPurchaseOrder: [],
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
  listReorderPoints: ['warehouse', 'support'],
  listReorderProposals: ['warehouse', 'support'],
  listFulfillments: ['warehouse', 'support'],
  findFulfillment: ['warehouse', 'support'],
  confirmFulfillment: ['warehouse'],
  pickFulfillment: ['warehouse'],
  packFulfillment: ['warehouse'],
  shipFulfillment: ['warehouse'],
  rejectFulfillment: ['warehouse'],
  readyFulfillment: ['warehouse'],
  collectFulfillment: ['warehouse'],
  recordCarrierEvents: ['carrier'],
  recordPaymentNotice: [],
  listPaymentFindings: ['support'],
  resolvePaymentFinding: ['support'],
  requestReturn: ['channel', 'support'],
  findReturn: ['channel', 'warehouse', 'support'],
  receiveReturn: ['warehouse'],
  inspectReturn: ['warehouse'],
  readDocument: ['channel', 'warehouse', 'support'],
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
  role === 'warehouse' ? boundTo : null;

/** Whether somebody may do it, by role and by what their key is bound to. */
export const mayAct = (principal: Principal, operation: OperationId): boolean =>
  mayDo(principal.role, operation) &&
  (ownLocationOf(principal) === null || ofOneLocation.includes(operation));
