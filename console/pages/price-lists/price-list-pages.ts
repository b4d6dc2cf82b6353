import type { RequestHandler, Router } from 'express';
import { priceChangeBody, priceListBody, priceListParams } from '../../../api/contract/accounts';
import { csvLine } from '../../../api/feed-file/write-csv';
import { validate } from '../../../api/http/validate';
import type { Upload } from '../../../api/operation';
import { decimalOf } from '../../../domain/amount-text';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import { readFormWithFile } from '../../upload';
import type { View } from '../../views';
import { queryOf, urlWith } from '../query';
import { refuseTaken } from '../refuse-taken';
import { momentText, nameOf, priceOf } from './price-fields';
import { readPrices } from './price-file';
import { priceListUrl } from './price-list-url';
import { priceListQuery, priceListView } from './price-list-view';

const pageSize = 50;
const address = '/price-lists';

/** Prices that orders of an account go by: looked at, changed one by one, or handed in as a file. */
export function priceListPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    address,
    desk.page('listPriceLists', (visit) => priceListsView(deps, visit)),
  );
  router.get(
    `${address}/:code`,
    desk.page('findPriceList', (visit) => priceListView(deps, visit)),
  );
  router.get(
    `${address}/:code/prices.csv`,
    desk.csv('listPrices', async (visit) => {
      const name = codeOf(visit);
      await deps.services.priceLists.find(visit.principal, name);
      return { name, lines: linesOf(deps.services, visit.principal, name) };
    }),
  );
  router.post(address, addList(deps, desk));
  router.post(
    `${address}/:code/set`,
    change(deps, desk, 'set', ({ sku }) => `The price of ${sku} is saved.`),
  );
  router.post(
    `${address}/:code/remove`,
    change(deps, desk, 'remove', ({ sku }) => `The price of ${sku} is taken out.`),
  );
  router.post(`${address}/:code/file`, readFormWithFile, takeFile(deps, desk));
}

const addList = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'savePriceList',
    async (visit) => {
      const { name, currency = '' } = visit.form;
      const { code } = validate(priceListParams, { code: visit.form.code });
      const { priceLists } = deps.services;
      await refuseTaken(code, () => priceLists.find(visit.principal, code));
      const body = { name, currency: currency.toUpperCase(), prices: [] };
      await priceLists.save(code, validate(priceListBody, body), null);
      visit.req.params.code = code;
      return { notice: `${name} is there. Add its prices.`, ...page(deps, visit, {}) };
    },
    (visit) => ({ url: address, view: () => priceListsView(deps, visit) }),
  );

const change = (
  deps: ConsoleDependencies,
  desk: Desk,
  action: 'set' | 'remove',
  notice: (form: Visit['form']) => string,
): RequestHandler =>
  desk.change(
    'changePrices',
    async (visit) => {
      const { priceLists } = deps.services;
      const { principal, form } = visit;
      const { currency } = await priceLists.find(principal, codeOf(visit));
      const price = action === 'set' ? priceOf(form, currency) : nameOf(form);
      const body = validate(priceChangeBody, { [action]: [price] });
      // What is added must not replace what is there.
      await priceLists.change(principal, codeOf(visit), body, form.isNew ? null : form.seen);
      return { notice: notice(form), ...page(deps, visit, {}) };
    },
    (visit) => page(deps, visit, visit.form),
  );

const takeFile = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'savePriceList',
    async (visit) => {
      const { priceLists } = deps.services;
      const list = await priceLists.find(visit.principal, codeOf(visit));
      const prices = await readPrices(visit.res.locals.upload as Upload | undefined, list.currency);
      const body = validate(priceListBody, { ...headOf(list), prices });
      await priceLists.save(list.code, body, visit.form.seen);
      const notice = `${prices.length} prices are the whole list now.`;
      return { notice, ...page(deps, visit, {}) };
    },
    (visit) => page(deps, visit, visit.form),
  );

const headOf = ({ name, currency }: { name: string; currency: string }) => ({ name, currency });
const codeOf = ({ req }: Visit): string => String(req.params.code);
const page = (deps: ConsoleDependencies, visit: Visit, form: Visit['form']) => ({
  url: urlWith(priceListUrl(codeOf(visit)), priceListQuery(visit.req)),
  view: () => priceListView(deps, { ...visit, form }),
});

/** All prices, in the form in which they are taken in. */
async function* linesOf(
  { priceLists }: ConsoleDependencies['services'],
  principal: Visit['principal'],
  code: string,
): AsyncGenerator<string> {
  yield csvLine(['sku', 'price', 'validFrom', 'validUntil']);
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await priceLists.listPrices(principal, code, { limit: 200, cursor });
    for (const { sku, price, validFrom, validUntil } of items)
      yield csvLine([sku, decimalOf(price), momentText(validFrom), momentText(validUntil)]);
    cursor = nextCursor;
  } while (cursor !== undefined);
}

async function priceListsView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { cursor } = visit.req.method === 'GET' ? queryOf(visit.req, ['cursor']) : {};
  const [{ items, nextCursor }, accounts] = await Promise.all([
    services.priceLists.list({ limit: pageSize, cursor }),
    services.accounts.list(visit.principal, { limit: 200 }),
  ]);
  return {
    template: 'price-lists',
    title: 'Price lists',
    data: {
      mayAdd: visit.may('savePriceList'),
      typed: visit.form,
      rows: items.map((list) => ({
        ...list,
        url: priceListUrl(list.code),
        accounts: accounts.items.filter(({ priceList }) => priceList === list.code).map(({ name }) => name),
      })),
      isFirstPage: cursor === undefined,
      firstUrl: address,
      nextUrl: nextCursor && urlWith(address, { cursor: nextCursor }),
    },
  };
}
