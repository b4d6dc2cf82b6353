import { ruleSetSchema } from '../../domain/rules/schema';
import {
  jsonSchemaOut,
  publishBody,
  ruleDraftOut,
  ruleSet,
  ruleVersionList,
  ruleVersionOut,
  ruleVersionParams,
  ruleVersionQuery,
} from '../contract/rules';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Sourcing rules';

/** Rules as data: a draft is written, published as a version, and never changes again. */
export const ruleOperations = ({ rules }: Services): Operation[] => [
  defineOperation({
    id: 'readRuleSchema',
    tag,
    summary: 'The shape of sourcing rules, as JSON Schema 2020-12',
    method: 'get',
    path: '/v1/rules/schema',
    responses: { 200: { description: 'The schema', schema: jsonSchemaOut } },
    handle: () => Promise.resolve({ status: 200, body: ruleSetSchema }),
  }),
  defineOperation({
    id: 'readRuleDraft',
    tag,
    summary: 'The draft; without one, the rules in force',
    method: 'get',
    path: '/v1/rules/draft',
    responses: { 200: { description: 'The draft', schema: ruleDraftOut } },
    handle: async () => ({ status: 200, body: await rules.draft() }),
  }),
  defineOperation({
    id: 'saveRuleDraft',
    tag,
    summary: 'Replace the draft',
    description:
      'Checked by the schema and beyond: scenarios that are never reached, locations and channels that there are ' +
      'not. Each place at fault is pointed at. What may be a slip of the pen, such as a category that no product has, ' +
      'is told under `warnings`. What a draft gives as its version counts for nothing.',
    method: 'put',
    path: '/v1/rules/draft',
    body: ruleSet,
    responses: { 200: { description: 'The draft as it is now', schema: ruleDraftOut } },
    handle: async ({ principal, body }) => ({ status: 200, body: await rules.saveDraft(principal, body) }),
  }),
  defineOperation({
    id: 'publishRules',
    tag,
    summary: 'Put the draft, or an older version again, into force as the next version',
    description: 'Orders that have begun keep the version they began with.',
    method: 'post',
    path: '/v1/rules/publish',
    body: publishBody,
    hasEffects: true,
    responses: { 201: { description: 'The version, in force from now on', schema: ruleVersionOut } },
    handle: async ({ principal, requestKey, body }) => ({
      status: 201,
      body: await rules.publish(principal, requestKey, body),
    }),
  }),
  defineOperation({
    id: 'listRuleVersions',
    tag,
    summary: 'Published versions, the newest first',
    method: 'get',
    path: '/v1/rules/versions',
    query: ruleVersionQuery,
    responses: { 200: { description: 'A page of versions', schema: ruleVersionList } },
    handle: async ({ query }) => ({ status: 200, body: await rules.list(query) }),
  }),
  defineOperation({
    id: 'findRuleVersion',
    tag,
    summary: 'A published version',
    method: 'get',
    path: '/v1/rules/versions/{number}',
    params: ruleVersionParams,
    responses: { 200: { description: 'The version', schema: ruleVersionOut } },
    handle: async ({ params: { number } }) => ({ status: 200, body: await rules.find(number) }),
  }),
];
