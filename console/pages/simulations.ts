import type { Router } from 'express';
import { simulationBody, simulationsQuery, triedOrdersQuery } from '../../api/contract/simulations';
import { validate } from '../../api/http/validate';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { nameOfActor } from '../words/actors';
import { tellDecision } from '../words/decision';
import { tellDelay, tellDistance, tellFigures, tellReport } from '../words/simulation';
import { orderUrl } from './order/order-url';
import { readPlaceNames } from './places';
import { queryOf, urlWith } from './query';

type Simulation = Awaited<ReturnType<Services['simulations']['find']>>;
type Summary = Awaited<ReturnType<Services['simulations']['list']>>['items'][number];

const listUrl = '/rules/simulations';
const simulationUrl = (id: string): string => `${listUrl}/${encodeURIComponent(id)}`;

/** Rules tried on past orders: the list, one of them with what it found, and each order with both decisions. */
export function simulationPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { simulations } = deps.services;
  router.get(
    listUrl,
    desk.page('listSimulations', (visit) => listView(deps, visit)),
  );
  router.get(
    `${listUrl}/:id`,
    desk.page('findSimulation', (visit) => simulationView(deps, visit, idOf(visit))),
  );
  router.get(
    `${listUrl}/:id/export`,
    desk.csv('exportSimulation', async (visit) => {
      const name = idOf(visit);
      return { name, lines: await simulations.export(name, {}) };
    }),
  );
  router.post(
    listUrl,
    desk.action(
      'runSimulation',
      async (visit) => {
        const { principal, requestKey, form } = visit;
        const body = validate(simulationBody, {
          rules: /^\d+$/.test(form.rules ?? '') ? Number(form.rules) : form.rules,
        });
        const { id } = await simulations.run(principal, requestKey, body);
        const view = () => simulationView(deps, visit, id);
        return { notice: 'It is being tried. Nothing changes by it.', url: simulationUrl(id), view };
      },
      (visit) => ({ url: listUrl, view: () => listView(deps, visit) }),
    ),
  );
  router.post(
    `${listUrl}/:id/cancel`,
    desk.action(
      'cancelSimulation',
      async (visit) => {
        await simulations.cancel(idOf(visit));
        const view = () => simulationView(deps, visit, idOf(visit));
        return { notice: 'It ends where it stands.', url: simulationUrl(idOf(visit)), view };
      },
      (visit) => ({ url: simulationUrl(idOf(visit)), view: () => simulationView(deps, visit, idOf(visit)) }),
    ),
  );
}

const idOf = (visit: Visit): string => String(visit.req.params.id);
const isOver = ({ state }: Pick<Summary, 'state'>): boolean => state === 'done' || state === 'cancelled';

const nameOf = (rules: string | number): string => {
  if (typeof rules === 'number') return `version ${rules}`;
  if (rules === 'draft') return 'the draft';
  return rules === 'decided' ? 'what was decided' : rules.replace(/([A-Z])/g, ' $1').toLowerCase();
};

export const simulationRow = (simulation: Summary) => ({
  ...simulation,
  requestedBy: nameOfActor(simulation.requestedBy),
  url: simulationUrl(simulation.id),
  tried: nameOf(simulation.rules),
  heldAgainst: nameOf(simulation.against),
});

async function listView({ services }: ConsoleDependencies, { req }: Visit): Promise<View> {
  const { cursor } = queryOf(req, ['cursor']);
  const page = await services.simulations.list(validate(simulationsQuery, { cursor }, 'query'));
  return {
    template: 'simulations',
    title: 'Rules tried on past orders',
    data: {
      simulations: page.items.map(simulationRow),
      isMoving: page.items.some((each) => !isOver(each)),
      hereUrl: urlWith(listUrl, cursor ? { cursor } : {}),
      isFirstPage: cursor === undefined,
      firstUrl: listUrl,
      nextUrl: page.nextCursor && urlWith(listUrl, { cursor: page.nextCursor }),
    },
  };
}

async function simulationView(
  { services, reads }: ConsoleDependencies,
  visit: Visit,
  id: string,
): Promise<View> {
  const { cursor } = queryOf(visit.req, ['cursor']);
  const simulation = await services.simulations.find(id);
  const hasOrders = simulation.ordersForgottenAt === null;
  const query = validate(triedOrdersQuery, { changed: 'true', limit: 10, cursor }, 'query');
  const [page, locationName] = await Promise.all([
    hasOrders ? services.simulations.listOrders(id, query) : { items: [], nextCursor: undefined },
    readPlaceNames(reads),
  ]);
  const url = simulationUrl(id);
  return {
    template: 'simulation',
    title: 'Rules tried on past orders',
    data: {
      ...simulationRow(simulation),
      simulation,
      hasOrders,
      isMoving: !isOver(simulation),
      hasCosts: simulation.report.before.cost.total + simulation.report.after.cost.total !== 0,
      canCancel: !isOver(simulation) && visit.may('cancelSimulation'),
      hereUrl: urlWith(url, cursor ? { cursor } : {}),
      ...tellReport(simulation.report, simulation.currency),
      orders: page.items.map((order) => orderOf(order, simulation, locationName)),
      isFirstPage: cursor === undefined,
      firstUrl: url,
      nextUrl: page.nextCursor && urlWith(url, { cursor: page.nextCursor }),
    },
  };
}

type TriedOrder = Awaited<ReturnType<Services['simulations']['listOrders']>>['items'][number];

function orderOf(order: TriedOrder, { currency }: Simulation, locationName: (id: string) => string) {
  const side = (figures: TriedOrder['before']) => ({
    ...tellFigures(figures, currency, locationName),
    decision:
      figures.decision && tellDecision(figures.decision, locationName, (lineId) => skuOf(order, lineId)),
  });
  return {
    ...order,
    url: orderUrl(order.orderId),
    later: tellDelay(order.daysLater),
    distance: tellDistance(order.before, order.after),
    before: side(order.before),
    after: side(order.after),
  };
}

const skuOf = ({ after }: TriedOrder, lineId: string): string =>
  after.decision?.demand.find((line) => line.lineId === lineId)?.sku ?? lineId;
