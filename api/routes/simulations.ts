import {
  simulationBody,
  simulationList,
  simulationOut,
  simulationParams,
  simulationsQuery,
  triedOrderList,
  triedOrdersQuery,
} from '../contract/simulations';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Sourcing rules';
const path = '/v1/rules/simulations';

/** Rules tried on past orders before they come into force. */
export const simulationOperations = ({ simulations }: Services): Operation[] => [
  defineOperation({
    id: 'runSimulation',
    tag,
    summary: 'Try rules on past orders, with the stock as it was then',
    description:
      'Runs in the background and changes nothing: each order that was decided in the period is decided once more. ' +
      'The rules are kept as they are when it is asked for. What cannot be known as it was is told as an assumption.',
    method: 'post',
    path,
    body: simulationBody,
    hasEffects: true,
    responses: { 202: { description: 'It will run', schema: simulationOut } },
    handle: async ({ principal, requestKey, body }) => {
      const simulation = await simulations.run(principal, requestKey, body);
      return { status: 202, body: simulation, headers: { Location: `${path}/${simulation.id}` } };
    },
  }),
  defineOperation({
    id: 'listSimulations',
    tag,
    summary: 'Simulations, the newest first',
    method: 'get',
    path,
    query: simulationsQuery,
    responses: { 200: { description: 'A page of simulations', schema: simulationList } },
    handle: async ({ query }) => ({ status: 200, body: await simulations.list(query) }),
  }),
  defineOperation({
    id: 'findSimulation',
    tag,
    summary: 'How far a simulation is, and what it has found so far',
    description: 'Each figure of the report is the sum of the figures of its orders.',
    method: 'get',
    path: `${path}/{id}`,
    params: simulationParams,
    responses: { 200: { description: 'The simulation with its report', schema: simulationOut } },
    handle: async ({ params }) => ({ status: 200, body: await simulations.find(params.id) }),
  }),
  defineOperation({
    id: 'cancelSimulation',
    tag,
    summary: 'End a simulation where it stands',
    description: 'What it has found so far stays. One that is over stays as it is.',
    method: 'post',
    path: `${path}/{id}/cancel`,
    params: simulationParams,
    responses: { 200: { description: 'The simulation as it is now', schema: simulationOut } },
    handle: async ({ params }) => ({ status: 200, body: await simulations.cancel(params.id) }),
  }),
  defineOperation({
    id: 'listTriedOrders',
    tag,
    summary:
      'The orders of a simulation; those that would go elsewhere with both decisions and their explanations',
    method: 'get',
    path: `${path}/{id}/orders`,
    params: simulationParams,
    query: triedOrdersQuery,
    responses: { 200: { description: 'A page of orders', schema: triedOrderList } },
    handle: async ({ params, query }) => ({
      status: 200,
      body: await simulations.listOrders(params.id, query),
    }),
  }),
  defineOperation({
    id: 'exportSimulation',
    tag,
    summary: 'The orders of a simulation as CSV',
    method: 'get',
    path: `${path}/{id}/export`,
    params: simulationParams,
    query: triedOrdersQuery.pick({ changed: true }),
    responses: { 200: { description: 'A row for each order', files: ['text/csv'] } },
    handle: async ({ params, query }) => ({
      status: 200,
      file: {
        mediaType: 'text/csv',
        name: `${params.id}.csv`,
        body: await simulations.export(params.id, query),
      },
    }),
  }),
];
