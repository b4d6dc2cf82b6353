import type { Role } from '../domain/access';

/** Who may do what: admin everything, the others what is listed. `public` needs no key. */
const access = {
  placeOrder: ['channel', 'support'],
  findOrder: ['channel', 'support'],
  listOrders: ['channel', 'support'],
  readTimeline: ['channel', 'support'],
  readSourcing: ['support'],
  cancelOrder: ['channel', 'support'],
  holdOrder: ['support'],
  releaseOrder: ['support'],
  recordTransfer: ['support'],
  readAvailability: ['channel', 'warehouse', 'support'],
  saveProduct: [],
  findProduct: ['channel', 'warehouse', 'support'],
  listProducts: ['channel', 'warehouse', 'support'],
  saveLocation: [],
  findLocation: ['channel', 'warehouse', 'support'],
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
  requestStockTransfer: ['warehouse'],
  listStockTransfers: ['warehouse', 'support'],
  findStockTransfer: ['warehouse', 'support'],
  shipStockTransfer: ['warehouse'],
  receiveStockTransfer: ['warehouse'],
  cancelStockTransfer: ['warehouse'],
  listFulfillments: ['warehouse', 'support'],
  findFulfillment: ['warehouse', 'support'],
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

/** Roles besides admin that may do it. */
export const rolesOf = (operation: OperationId): readonly Role[] => access[operation];

export function mayDo(role: Role, operation: OperationId): boolean {
  return role === 'admin' || rolesOf(operation).includes(role);
}
