import { z } from 'zod';
import { holdEnds, holdTypes } from '../../domain/order/hold';
import { listOf, paging } from './list';
import { channelCode, duration, instant, line, reference } from './text';

const owner = line(100).meta({ description: 'Who is to look: a role or a name', examples: ['support'] });

/** What differs for a type of hold, or for what a rule finds. */
const holdTerms = {
  owner: owner.optional(),
  within: duration.optional(),
  then: z.enum(holdEnds).optional().meta({ description: 'When nobody released it within that time' }),
};

export const holdRule = z
  .strictObject({
    when: z
      .record(z.string(), z.unknown())
      .meta({ description: 'A condition, in the language of sourcing rules; see GET /v1/rules/schema' }),
    type: z.enum(holdTypes),
    reason: line(500),
    ...holdTerms,
  })
  .meta({ id: 'HoldRule' });
export type HoldRuleBody = z.output<typeof holdRule>;

export const holdTermsByType = z.partialRecord(z.enum(holdTypes), z.strictObject(holdTerms));
export type HoldTermsBody = z.output<typeof holdTermsByType>;

export const holdBody = z
  .strictObject({
    type: z.enum(holdTypes).default('manual'),
    reason: line(500),
    owner: owner.optional(),
    until: instant.optional().meta({ description: "By the channel's settings, unless told" }),
  })
  .meta({ id: 'HoldInput' });
export type HoldBody = z.output<typeof holdBody>;

export const releaseBody = z
  .strictObject({
    holdId: reference(300).optional().meta({ description: 'All holds of the order, unless told' }),
  })
  .meta({ id: 'ReleaseInput' });

export const holdOut = z
  .object({
    id: z.string(),
    type: z.enum(holdTypes),
    reason: z.string(),
    because: z.string().nullable().meta({ description: 'Which rule found it, and what made it match' }),
    owner: z.string(),
    until: z.string().nullable(),
    then: z.enum(holdEnds),
    actor: z.string(),
    placedAt: z.string(),
    releasedAt: z.string().nullable(),
    releasedBy: z.string().nullable(),
  })
  .meta({ id: 'Hold' });

export const holdsQuery = z.strictObject({
  ...paging,
  type: z.enum(holdTypes).optional(),
  owner: owner.optional(),
  channel: channelCode.optional(),
});
export type HoldsQuery = z.output<typeof holdsQuery>;
export const holdList = listOf(
  holdOut.extend({ orderId: z.string(), orderNumber: z.string(), channel: z.string() }),
);
