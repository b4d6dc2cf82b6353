import { z } from 'zod';
import { listOf, paging } from './list';
import { line } from './text';

/** The shape is that of the JSON Schema at /v1/rules/schema, by which it is checked. */
export const ruleSet = z
  .record(z.string(), z.unknown())
  .meta({ id: 'SourcingRules', description: 'By the JSON Schema that GET /v1/rules/schema answers' });
export type RuleSetBody = z.output<typeof ruleSet>;

const warnings = z.array(z.object({ pointer: z.string(), detail: z.string() })).meta({
  description:
    'What nothing has now that the rules name (a category, a tag, a group of customers, a type of channel), and ' +
    'filters that no location passes now. ' +
    'They may be published all the same',
});

export const ruleDraftOut = z
  .object({
    rules: ruleSet,
    isSaved: z
      .boolean()
      .meta({ description: 'No: nobody has written a draft, these are the rules in force' }),
    warnings,
    updatedAt: z.string().optional(),
    updatedBy: z.string().optional(),
  })
  .meta({ id: 'SourcingRuleDraft' });

export const publishBody = z
  .strictObject({
    note: line(500).meta({ description: 'What changed, and why' }),
    version: z
      .int()
      .min(1)
      .max(2_147_483_647)
      .optional()
      .meta({ description: 'Publishes this older version again instead of the draft' }),
  })
  .meta({ id: 'SourcingRulesToPublish' });
export type PublishBody = z.output<typeof publishBody>;

const published = {
  number: z.int(),
  note: z.string(),
  publishedAt: z.string(),
  publishedBy: z.string(),
  isInForce: z.boolean(),
};
export const ruleVersionOut = z
  .object({ ...published, rules: ruleSet, warnings: warnings.optional() })
  .meta({ id: 'SourcingRuleVersion' });
export const ruleVersionList = listOf(z.object(published));
export const ruleVersionQuery = z.strictObject(paging);
export const ruleVersionParams = z.strictObject({
  number: z.coerce.number().int().min(1).max(2_147_483_647),
});
export const jsonSchemaOut = z
  .record(z.string(), z.unknown())
  .meta({ id: 'JsonSchema', description: 'JSON Schema 2020-12' });
