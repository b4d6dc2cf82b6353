import { z } from 'zod';
import { purchaseRequestStates } from '../../domain/purchasing/purchase-request';
import { listOf, paging } from './list';
import { anyway } from './purchase-orders';
import { line, locationId, ourId, reference, sku } from './text';

export const purchaseRequestParams = z.strictObject({ id: ourId });

export const purchaseRequestsQuery = z.strictObject({
  ...paging,
  status: z.enum(purchaseRequestStates).optional(),
  owner: line().optional().meta({ description: 'Who looks after it, as the rules name them' }),
  sku: sku.optional(),
  overdue: z.enum(['true']).optional().meta({ description: 'Open, and not answered in time' }),
});

export const orderRequestBody = z
  .strictObject({
    supplierId: reference(100).optional().meta({
      description: 'Left out: who delivers soonest of all that sell it',
    }),
    locationId: locationId.optional().meta({
      description: 'Where to. Left out: the best by priority of all that may supply the line',
    }),
    quantity: z.int().min(1).max(1_000_000).optional().meta({
      description: 'Left out: what waits, in packs and at least the minimum of the supplier',
    }),
    anyway,
  })
  .meta({ id: 'OrderPurchaseRequestInput' });
export type OrderRequestBody = z.output<typeof orderRequestBody>;

export const refuseRequestBody = z
  .strictObject({ reason: line().optional().meta({ description: 'For staff' }) })
  .meta({ id: 'RefusePurchaseRequestInput' });

export const purchaseRequestOut = z
  .object({
    id: z.string(),
    status: z.enum(purchaseRequestStates).meta({
      description: 'notNeeded: stock came, or the pieces were cancelled or given up',
    }),
    sku: z.string(),
    title: z.string(),
    quantity: z.int().meta({ description: 'Pieces that still wait' }),
    orderId: z.string(),
    orderNumber: z.string(),
    owner: z.string(),
    requestedAt: z.string(),
    answerBefore: z.string(),
    suppliers: z
      .array(z.object({ id: z.string(), name: z.string(), leadTimeDays: z.int() }))
      .meta({ description: 'Who sells it, soonest first' }),
    purchaseOrder: z.object({ id: z.string(), number: z.string(), status: z.string() }).nullable(),
    refused: z.object({ at: z.string(), by: z.string(), reason: z.string().nullable() }).nullable(),
    allowedActions: z.array(z.enum(['order', 'refuse'])),
  })
  .meta({ id: 'PurchaseRequest' });
export const purchaseRequestList = listOf(purchaseRequestOut);
