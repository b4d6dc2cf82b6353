import { z } from 'zod';
import { sourcingStrategies } from '../../domain/sourcing/types';
import { listOf, paging } from './list';
import { channelCode, instant, ourId } from './text';

const version = z.int().min(1).max(2_147_483_647);
const builtIn = z.enum(sourcingStrategies);
const rulesOr = <Word extends string>(word: Word) =>
  z.union([z.literal(word), builtIn, version], {
    error: ({ input }) =>
      input === undefined
        ? undefined
        : `Must be ${word}, the number of a published version, ${sourcingStrategies.join(' or ')}`,
  });

export const simulationBody = z
  .strictObject({
    rules: rulesOr('draft').meta({
      description: 'What is tried: the draft as it is now, a published version, a built-in rule set',
    }),
    against: rulesOr('decided')
      .default('decided')
      .meta({ description: 'What it is held against: what was really decided, or other rules' }),
    from: instant
      .optional()
      .meta({ description: 'Orders decided from then on; 30 days before `to` when left out' }),
    to: instant.optional().meta({ description: 'Orders decided before; now when left out' }),
    channel: channelCode.optional(),
    limit: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(100_000)
      .meta({ description: 'So many orders at most, the oldest first' }),
  })
  .meta({ id: 'SimulationToRun' });
export type SimulationBody = z.output<typeof simulationBody>;

const thousandths = z.int().meta({ description: 'Thousandths of a minor unit' });
const cost = z.object({ total: thousandths, parts: z.record(z.string(), z.int()) }).meta({
  description: 'By the weights of the rules that are tried, part by part; both sides by the same weights',
});
const totals = z
  .object({
    parcels: z.int(),
    splits: z.int().meta({ description: 'Parcels beyond the first of each order' }),
    splitOrders: z.int(),
    pieces: z.int(),
    shortPieces: z.int().meta({ description: 'Pieces that nobody could supply' }),
    shortOrders: z.int(),
    km: z.int().meta({ description: 'Of all parcels together' }),
    withoutDistance: z.int().meta({ description: 'Parcels whose distance is not known: they count 0 km' }),
    cost,
    shippingCost: thousandths,
    pickCost: thousandths,
    withoutQuote: z
      .int()
      .meta({ description: 'Parcels for which no carrier quotes: they count 0 in shippingCost' }),
  })
  .meta({ id: 'SimulationTotals' });
const load = z.object({ parcels: z.int(), pieces: z.int() });

export const simulationReport = z
  .object({
    orders: z.int(),
    changed: z.int().meta({ description: 'Orders that would go elsewhere' }),
    before: totals,
    after: totals,
    promise: z.object({
      earlier: z.int(),
      same: z.int(),
      later: z.int(),
      unknown: z
        .int()
        .meta({ description: 'Orders of which one of the two decisions does not supply everything' }),
      daysLater: z.int().meta({ description: 'Of all orders together; below 0: earlier' }),
    }),
    locations: z.array(z.object({ locationId: z.string(), name: z.string(), before: load, after: load })),
  })
  .meta({ id: 'SimulationReport', description: 'Each figure is the sum of the orders’ own' });

const about = {
  id: z.string(),
  rules: z.union([z.string(), z.int()]),
  against: z.union([z.string(), z.int()]),
  channel: z.string().nullable(),
  from: z.string(),
  to: z.string(),
  limit: z.int(),
  state: z.enum(['accepted', 'running', 'done', 'cancelled']),
  done: z.int(),
  total: z.int().nullable().meta({ description: 'null until the orders were counted' }),
  expectedEndAt: z.string().nullable().meta({ description: 'If it goes on as it did' }),
  requestedAt: z.string(),
  requestedBy: z.string(),
  beganAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  ordersForgottenAt: z
    .string()
    .nullable()
    .meta({ description: 'Until then each order was kept; the report stays' }),
};
export const simulationSummaryOut = z.object(about).meta({ id: 'SimulationSummary' });
export const simulationOut = z
  .object({
    ...about,
    currency: z.string().meta({ description: 'Of costs' }),
    assumptions: z.array(z.string()).meta({ description: 'What is not as it was then, in plain sentences' }),
    report: simulationReport,
  })
  .meta({ id: 'Simulation' });
export const simulationList = listOf(simulationSummaryOut);
export const simulationsQuery = z.strictObject(paging);
export const simulationParams = z.strictObject({ id: ourId });

const figures = z.object({
  parcels: z.int(),
  pieces: z.int(),
  short: z.int(),
  km: z.int(),
  withoutDistance: z.int(),
  cost,
  shippingCost: thousandths,
  pickCost: thousandths,
  withoutQuote: z.int(),
  promised: z
    .string()
    .nullable()
    .meta({ description: 'Date on which the last parcel is there at the latest' }),
  locations: z.array(z.object({ locationId: z.string(), pieces: z.int() })),
  decision: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'With its explanation, where the order would go elsewhere' }),
});
export const triedOrderOut = z
  .object({
    orderId: z.string(),
    number: z.string(),
    channel: z.string(),
    decidedAt: z.string(),
    isChanged: z.boolean(),
    daysLater: z.int().nullable(),
    before: figures,
    after: figures,
  })
  .meta({ id: 'TriedOrder' });
export const triedOrderList = listOf(triedOrderOut);
export const triedOrdersQuery = z.strictObject({
  ...paging,
  changed: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description: 'Only orders that would go elsewhere, or only the others' }),
});
