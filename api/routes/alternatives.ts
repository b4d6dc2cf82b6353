import { alternativesBody, alternativesOut } from '../contract/alternatives';
import { skuParams } from '../contract/catalogue';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Set-up';
const params = skuParams;
const path = '/v1/products/{sku}/alternatives';
const fresh = { 200: { description: 'What is named now, the best first', schema: alternativesOut } };

export const alternativeOperations = ({ alternatives }: Services): Operation[] => [
  defineOperation({
    id: 'replaceAlternatives',
    tag,
    summary: 'Name what stands in for a product that is not to be had',
    description:
      'Two products may name each other. Who names one that does not name it back must not be led back to by it: ' +
      'circles are refused.',
    method: 'put',
    path,
    params,
    body: alternativesBody,
    responses: fresh,
    handle: async ({ params: { sku }, body }) => ({
      status: 200,
      body: await alternatives.replace(sku, body.alternatives),
    }),
  }),
  defineOperation({
    id: 'findAlternatives',
    tag,
    summary: 'What people named to stand in for a product',
    method: 'get',
    path,
    params,
    responses: fresh,
    handle: async ({ params: { sku } }) => ({ status: 200, body: await alternatives.find(sku) }),
  }),
  defineOperation({
    id: 'deleteAlternatives',
    tag,
    summary: 'Name nothing any more',
    method: 'delete',
    path,
    params,
    responses: { 204: { description: 'Nothing is named' } },
    async handle({ params: { sku } }) {
      await alternatives.remove(sku);
      return { status: 204 };
    },
  }),
];
