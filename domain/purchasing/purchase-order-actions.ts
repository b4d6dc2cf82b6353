export const purchaseOrderStatuses = [
  'draft',
  'sent',
  'confirmed',
  'partlyReceived',
  'received',
  'closed',
  'cancelled',
] as const;
export type PurchaseOrderStatus = (typeof purchaseOrderStatuses)[number];

export const purchaseOrderActions = [
  'edit',
  'send',
  'confirm',
  'notice',
  'receive',
  'close',
  'cancel',
] as const;
export type PurchaseOrderAction = (typeof purchaseOrderActions)[number];

/**
 * The one table of a purchase order: which action may be taken in which status, and where it leads. Serves
 * store, API, console and tests. `receive` leads to the second status when nothing is left to come.
 */
export const purchaseOrderRules: Record<
  PurchaseOrderAction,
  Partial<Record<PurchaseOrderStatus, readonly [PurchaseOrderStatus, PurchaseOrderStatus?]>>
> = {
  // What its supplier has in hand is not changed on paper here: it confirms otherwise, or it is cancelled.
  edit: { draft: ['draft'] },
  send: { draft: ['sent'] },
  // A supplier may confirm again: other quantities, other dates.
  confirm: { sent: ['confirmed'], confirmed: ['confirmed'], partlyReceived: ['partlyReceived', 'received'] },
  notice: { sent: ['sent'], confirmed: ['confirmed'], partlyReceived: ['partlyReceived'] },
  receive: {
    sent: ['partlyReceived', 'received'],
    confirmed: ['partlyReceived', 'received'],
    partlyReceived: ['partlyReceived', 'received'],
    // A carton too many may come after the last one.
    received: ['received'],
  },
  // Only what came in part has a rest to give up; what never came is cancelled.
  close: { partlyReceived: ['closed'] },
  cancel: { draft: ['cancelled'], sent: ['cancelled'], confirmed: ['cancelled'] },
};

/** Where an action leads; null when it is not allowed in this status. */
export function statusAfter(
  action: PurchaseOrderAction,
  status: PurchaseOrderStatus,
  isComplete: boolean,
): PurchaseOrderStatus | null {
  const to = purchaseOrderRules[action][status];
  if (!to) return null;
  return isComplete ? (to[1] ?? to[0]) : to[0];
}

export const allowedPurchaseOrderActions = (status: PurchaseOrderStatus): PurchaseOrderAction[] =>
  purchaseOrderActions.filter((action) => purchaseOrderRules[action][status] !== undefined);

/** Asked again for what is so already: an answer was lost, that is no error. */
export function isAlreadyDone(action: PurchaseOrderAction, status: PurchaseOrderStatus): boolean {
  if (action === 'send') return status !== 'draft' && status !== 'cancelled';
  if (action === 'close') return status === 'closed';
  return action === 'cancel' && status === 'cancelled';
}
