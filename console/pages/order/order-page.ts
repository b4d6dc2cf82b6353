import type { RequestHandler } from 'express';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk } from '../../desk';
import { orderView } from './order-view';

/** An order's page, for whoever may see the order. */
export const orderPage = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('findOrder', (visit) => orderView(deps, visit, String(visit.req.params.id)));
