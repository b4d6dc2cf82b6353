import type { Router } from 'express';
import type { OperationId } from '../../api/access';
import { inspectBody, receiveBody } from '../../api/contract/returns';
import { validate } from '../../api/http/validate';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Landing, Visit } from '../desk';
import { orderUrl } from './order/order-url';
import { orderView } from './order/order-view';
import { piecesByLine } from './piece-fields';
import { workUrl, workView } from './work';

const outcomes = ['restock', 'unsellable', 'rejected'] as const;

/** Goods that come back: taken in and inspected, from the order's page or from the list of the location. */
export function returnActions(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { returns } = deps.services;
  const on = (
    name: string,
    operation: OperationId,
    perform: (visit: Visit, id: string) => Promise<{ notice: string; orderId: string }>,
  ) =>
    router.post(
      `/returns/:id/${name}`,
      desk.action(
        operation,
        async (visit) => {
          const { notice, orderId } = await perform(visit, idOf(visit));
          return { notice, ...placeOf(deps, visit, orderId) };
        },
        (visit) => ({
          url: visit.req.originalUrl,
          view: async () =>
            placeOf(deps, visit, (await returns.find(visit.principal, idOf(visit))).orderId).view(),
        }),
      ),
    );

  on('receive', 'receiveReturn', async (visit, id) => {
    const { locationId } = validate(receiveBody, { locationId: visit.form.locationId || undefined });
    const { orderId } = await returns.receive(visit.principal, id, locationId);
    return { orderId, notice: 'The goods are back. Inspect them next: the refund follows from that.' };
  });
  on('inspect', 'inspectReturn', async (visit, id) => {
    const { lines } = validate(inspectBody, { lines: linesOf(visit.form) });
    const { orderId } = await returns.inspect(visit.principal, id, { lines });
    return { orderId, notice: 'The inspection was recorded. The refund goes out by itself.' };
  });
}

const idOf = (visit: Visit): string => String(visit.req.params.id);

/** A single piece has one outcome (`outcome.<line>`), several have a number for each (`restock.<line>` …). */
function linesOf(form: Readonly<Record<string, string>>) {
  const singles = Object.entries(form)
    .filter(([name]) => name.startsWith('outcome.'))
    .map(([name, outcome]) => ({ lineId: name.slice('outcome.'.length), quantity: 1, outcome }));
  const several = outcomes.flatMap((outcome) =>
    piecesByLine(form, outcome).map((line) => ({ ...line, outcome })),
  );
  return [...singles, ...several];
}

function placeOf(deps: ConsoleDependencies, visit: Visit, orderId: string): Omit<Landing, 'notice'> {
  const { page, locationId } = visit.form;
  if (page === 'order' && visit.may('findOrder'))
    return { url: orderUrl(orderId), view: () => orderView(deps, visit, orderId) };
  const query = { tab: 'toTakeIn' };
  return {
    url: workUrl(locationId ?? '', query),
    view: () => workView(deps, visit, locationId ?? '', query),
  };
}
