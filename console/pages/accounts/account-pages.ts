import type { RequestHandler, Router } from 'express';
import {
  accountBody,
  accountParams,
  accountPaymentBody,
  accountsQuery,
} from '../../../api/contract/accounts';
import { validate } from '../../../api/http/validate';
import type { ConsoleDependencies } from '../../dependencies';
import type { Desk, Visit } from '../../desk';
import type { View } from '../../views';
import { amountOf } from '../amount';
import { queryOf, urlWith } from '../query';
import { refuseTaken } from '../refuse-taken';
import { accountUrl } from './account-url';
import { accountView } from './account-view';
import { creditUse } from './credit-use';

const pageSize = 50;
const address = '/accounts';

/** Customers who pay later: what they owe, what they may still order, and the money that comes in. */
export function accountPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    address,
    desk.page('listAccounts', (visit) => accountsView(deps, visit)),
  );
  router.get(
    `${address}/:code`,
    desk.page('findAccount', (visit) => accountView(deps, visit)),
  );
  router.post(address, openAccount(deps, desk));
  router.post(`${address}/:code`, saveTerms(deps, desk));
  router.post(`${address}/:code/payments`, recordPayment(deps, desk));
}

const openAccount = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveAccount',
    async (visit) => {
      const { name, channel, currency = '', limit = '' } = visit.form;
      const { code } = validate(accountParams, { code: visit.form.code });
      const creditLimit = amountOf(limit, currency.toUpperCase());
      await refuseTaken(code, () => deps.services.accounts.find(visit.principal, code));
      await deps.services.accounts.save(
        visit.principal,
        code,
        validate(accountBody, { name, channel, creditLimit }),
        null,
      );
      visit.req.params.code = code;
      return { notice: `${name} can order on account.`, ...page(deps, { ...visit, form: {} }) };
    },
    (visit) => ({ url: address, view: () => accountsView(deps, visit) }),
  );

const saveTerms = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'saveAccount',
    async (visit) => {
      const { accounts } = deps.services;
      const { channel, creditLimit } = await accounts.find(visit.principal, codeOf(visit));
      const { name, limit = '', priceList } = visit.form;
      const body = validate(accountBody, {
        ...{ name, channel, creditLimit: amountOf(limit, creditLimit.currency) },
        ...(priceList && { priceList }),
      });
      await accounts.save(visit.principal, codeOf(visit), body, visit.form.seen);
      return {
        notice: 'The terms are saved. Orders that wait for credit and fit now go on.',
        ...page(deps, { ...visit, form: {} }),
      };
    },
    (visit) => page(deps, visit),
  );

const recordPayment = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.change(
    'recordAccountPayment',
    async (visit) => {
      const { accounts } = deps.services;
      const { creditLimit } = await accounts.find(visit.principal, codeOf(visit));
      const { amount = '', reference } = visit.form;
      const body = validate(accountPaymentBody, {
        amount: amountOf(amount, creditLimit.currency),
        reference,
      });
      await accounts.pay(visit.principal, codeOf(visit), body);
      return { notice: 'The payment is recorded.', ...page(deps, { ...visit, form: {} }) };
    },
    (visit) => page(deps, visit),
  );

const codeOf = ({ req }: Visit): string => String(req.params.code);
const page = (deps: ConsoleDependencies, visit: Visit) => ({
  url: accountUrl(codeOf(visit)),
  view: () => accountView(deps, visit),
});

async function accountsView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { principal, req } = visit;
  const { cursor, ...filters } = req.method === 'GET' ? queryOf(req, ['channel', 'cursor']) : {};
  const query = validate(accountsQuery, { ...filters, cursor, limit: pageSize }, 'query');
  const [found, { items: channels }] = await Promise.all([
    services.accounts.list(principal, query),
    services.catalogue.listChannels({ limit: 200 }),
  ]);
  const { items, nextCursor } = { nextCursor: undefined, ...found };
  return {
    template: 'accounts',
    title: 'Accounts',
    data: {
      live: '/live',
      mayOpen: visit.may('saveAccount'),
      typed: visit.form,
      isFiltered: filters.channel !== undefined,
      channels: channels.map(({ code, name }) => ({
        ...{ value: code, label: name },
        isChosen: code === filters.channel,
      })),
      rows: items.map((account) => ({ ...account, url: accountUrl(account.code), use: creditUse(account) })),
      isFirstPage: cursor === undefined,
      firstUrl: urlWith(address, filters),
      nextUrl: nextCursor && urlWith(address, { ...filters, cursor: nextCursor }),
    },
  };
}
