import type { Router } from 'express';
import { movementsBody } from '../../api/contract/stock';
import { validate } from '../../api/http/validate';
import { conflict, invalidInput, notFound } from '../../api/problem';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { signed } from '../words/signed';
import { nameOfCause } from '../words/stock-causes';
import { wholeOf } from './piece-fields';
import { queryOf, urlWith } from './query';
import { movementsLink } from './stock-movements';

const path = '/stock/count';
interface Shelf {
  sku: string;
  locationId: string;
}

/** Where the pieces of a SKU at a location are counted. */
export const countUrl = ({ sku, locationId }: Shelf): string => urlWith(path, { sku, locationId });

/** Counting a shelf: the figure is held against the stock that whoever counts was shown. */
export function stockCountPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    path,
    desk.page('recordMovements', (visit) =>
      countView(deps, visit, shelfIn(queryOf(visit.req, ['sku', 'locationId']))),
    ),
  );
  router.post(
    path,
    desk.action(
      'recordMovements',
      async (visit) => {
        const shelf = shelfIn(visit.form);
        const difference = await record(deps, visit);
        const view = () => countView(deps, { ...visit, form: {} }, shelf);
        return { notice: difference, url: countUrl(shelf), view };
      },
      (visit) => ({
        url: countUrl(shelfIn(visit.form)),
        view: () => countView(deps, visit, shelfIn(visit.form)),
      }),
    ),
  );
}

const shelfIn = ({ sku = '', locationId = '' }: Readonly<Record<string, string>>): Shelf => ({
  sku,
  locationId,
});

/** Answers what the count changed, in words. */
async function record({ services }: ConsoleDependencies, visit: Visit): Promise<string> {
  const { form, principal, requestKey } = visit;
  const { quantity, version, was, reason } = form;
  const count = {
    ...{ type: 'count', ...shelfIn(form), quantity: wholeOf(quantity), version: wholeOf(version) },
    ...(reason && { reason }),
  };
  const body = validate(movementsBody, { movements: [count] });
  const { results } = await services.stock.recordMovements(principal, body, requestKey);
  const { outcome, detail = '', changes = [] } = results[0]!;
  if (outcome === 'refused') throw invalidInput([{ pointer: '/movements/0/quantity', detail }]);
  if (outcome === 'stale') {
    const told = changes.map(({ cause, onHand }) => `${signed(onHand)} ${nameOfCause(cause)}`);
    throw conflict(
      `The shelf has changed while it was counted (${told.join('; ')}). Look again, and count anew`,
    );
  }
  const difference = Number(quantity) - Number(was);
  return difference === 0
    ? 'Counted: the books were right.'
    : `Counted: ${signed(difference)} against the books, which say ${quantity} now.`;
}

/** What was typed and refused stays, beside what the books say now. */
async function countView(
  { services, reads }: ConsoleDependencies,
  visit: Visit,
  shelf: Shelf,
): Promise<View> {
  const [titles, location, { items }] = await Promise.all([
    reads.readTitles([shelf.sku]),
    services.catalogue.findLocation(shelf.locationId),
    services.stock.list({ ...shelf, limit: 1 }),
  ]);
  const title = titles[shelf.sku];
  if (title === undefined) throw notFound(`There is no product with the SKU "${shelf.sku}"`);
  const level = items[0] ?? { onHand: 0, unsellable: 0, reserved: 0, allocated: 0, version: 0 };
  return {
    template: 'stock-count',
    title: `Count ${title} · ${location.name}`,
    data: {
      ...{ path, ...shelf, title, level, typed: visit.form },
      locationName: location.name,
      backUrl: urlWith('/stock', { locationId: shelf.locationId }),
      movementsUrl: movementsLink(visit, { ...shelf }),
    },
  };
}
