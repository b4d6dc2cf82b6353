import { z } from 'zod';
import { purchaseOrderStatuses } from '../../domain/purchasing/purchase-order-actions';
import { reorderModes } from '../../domain/stock/reorder';
import { serviceLevels } from '../../domain/stock/reorder-levels';
import { listOf, paging } from './list';
import { line, locationId, reference, sku } from './text';

const pieces = z.int().min(0).max(1_000_000);

export const reorderPointParams = z.strictObject({ locationId, sku });
export const reorderPointBody = z
  .strictObject({
    mode: z.enum(reorderModes).meta({
      description: 'propose: a draft for a person; send: the order itself; off: nobody looks any more',
    }),
    point: pieces.optional().meta({ description: 'At or below it more is ordered' }),
    target: pieces.optional().meta({ description: 'Up to it' }),
    supplierId: reference(100).optional().meta({
      description: 'Left out: who delivers soonest of all that sell it',
    }),
    owner: line().default('purchasing').meta({ description: 'Who looks after shortages' }),
    computed: z
      .boolean()
      .default(false)
      .meta({ description: 'Point and target follow the sales of the last 90 days, anew each day' }),
    serviceLevel: z
      .union(serviceLevels.map((level) => z.literal(level)))
      .default(95)
      .meta({ description: 'Of computed levels: percent of lead times without a shortage' }),
    coverDays: z
      .int()
      .min(1)
      .max(365)
      .default(30)
      .meta({ description: 'Of computed levels: days of sales that an order is to last for' }),
  })
  .superRefine(({ mode, point, target, computed }, context) => {
    const refuse = (at: string, message: string) =>
      context.addIssue({ code: 'custom', path: [at], message, input: undefined });
    if (mode === 'off') return;
    if (computed && point !== undefined) refuse('point', 'Is computed: leave it out, or computed');
    if (computed && target !== undefined) refuse('target', 'Is computed: leave it out, or computed');
    if (!computed && point === undefined) refuse('point', 'Must be given, or computed: true');
    if (!computed && target === undefined) refuse('target', 'Must be given, or computed: true');
    if (point !== undefined && target !== undefined && target <= point)
      refuse('target', 'Must be above the point');
  })
  .meta({ id: 'ReorderPointInput' });
export type ReorderPointBody = z.output<typeof reorderPointBody>;

export const reorderPointOut = z
  .object({
    sku: z.string(),
    locationId: z.string(),
    mode: z.enum(reorderModes),
    point: z.int(),
    target: z.int(),
    supplierId: z.string().nullable(),
    owner: z.string(),
    computed: z.boolean(),
    serviceLevel: z.int(),
    coverDays: z.int(),
    basis: z
      .object({
        days: z.int(),
        sold: z.int(),
        meanPerDay: z.number(),
        deviationPerDay: z.number(),
        leadTimeDays: z.int(),
        serviceLevel: z.int(),
        coverDays: z.int(),
      })
      .nullable()
      .meta({ description: 'What the levels were computed from' }),
    computedAt: z.string().nullable(),
  })
  .meta({ id: 'ReorderPoint' });
export const reorderPointList = listOf(reorderPointOut);
export const reorderPointsQuery = z.strictObject({
  ...paging,
  sku: sku.optional(),
  locationId: locationId.optional(),
});

export const reorderProposalsQuery = z.strictObject({
  ...paging,
  open: z.enum(['true', 'false']).optional().meta({ description: 'Not sent or cancelled yet' }),
  sku: sku.optional(),
  locationId: locationId.optional(),
});
export const reorderProposalList = listOf(
  z
    .object({
      id: z.int(),
      sku: z.string(),
      title: z.string(),
      locationId: z.string(),
      locationName: z.string(),
      quantity: z.int(),
      isOpen: z.boolean(),
      owner: z.string(),
      reasons: z.record(z.string(), z.number()).meta({ description: 'The figures that it was decided on' }),
      purchaseOrder: z
        .object({
          id: z.string(),
          number: z.string(),
          status: z.enum(purchaseOrderStatuses),
          supplierId: z.string(),
          supplierName: z.string(),
        })
        .nullable()
        .meta({ description: 'Null when nobody sells the SKU' }),
      at: z.string(),
    })
    .meta({ id: 'ReorderProposal' }),
);

const count = z.int();
export const replenishmentOut = z
  .object({
    items: z.array(
      z.object({
        sku: z.string(),
        title: z.string(),
        free: count.meta({ description: 'There and not spoken for' }),
        incoming: count,
        ordered: count.meta({ description: 'From the network, and not under way yet' }),
        point: count,
        target: count,
        suggested: count,
      }),
    ),
  })
  .meta({ id: 'Replenishment' });
