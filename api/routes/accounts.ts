import {
  accountBody,
  accountEntryList,
  accountList,
  accountOut,
  accountParams,
  accountPaymentBody,
  accountsQuery,
} from '../contract/accounts';
import { pagingQuery } from '../contract/catalogue';
import { defineOperation, type Operation } from '../operation';
import type { Services } from '../services';

const tag = 'Accounts';
const params = accountParams;
const fresh = { 200: { description: 'The account as it is now', schema: accountOut } };

export const accountOperations = ({ accounts }: Services): Operation[] => [
  defineOperation({
    id: 'saveAccount',
    tag,
    summary: 'Open an account for a customer who pays later, or change its terms',
    description:
      'An order names it as `customer.account` and pays with the tender `onAccount`. What goes beyond the limit is put ' +
      'on hold (`credit`) until somebody releases it, or until payments make room.',
    method: 'put',
    path: '/v1/accounts/{code}',
    params,
    body: accountBody,
    responses: fresh,
    handle: async ({ principal, params: { code }, body }) => ({
      status: 200,
      body: await accounts.save(principal, code, body),
    }),
  }),
  defineOperation({
    id: 'findAccount',
    tag,
    summary: 'What an account owes, and what it can still order',
    method: 'get',
    path: '/v1/accounts/{code}',
    params,
    responses: fresh,
    handle: async ({ principal, params: { code } }) => ({
      status: 200,
      body: await accounts.find(principal, code),
    }),
  }),
  defineOperation({
    id: 'listAccounts',
    tag,
    summary: 'Accounts by code',
    method: 'get',
    path: '/v1/accounts',
    query: accountsQuery,
    responses: { 200: { description: 'A page of accounts', schema: accountList } },
    handle: async ({ principal, query }) => ({ status: 200, body: await accounts.list(principal, query) }),
  }),
  defineOperation({
    id: 'listAccountEntries',
    tag,
    summary: 'What happened on an account, the newest first',
    method: 'get',
    path: '/v1/accounts/{code}/entries',
    params,
    query: pagingQuery,
    responses: { 200: { description: 'A page of its ledger', schema: accountEntryList } },
    handle: async ({ principal, params: { code }, query }) => ({
      status: 200,
      body: await accounts.listEntries(principal, code, query),
    }),
  }),
  defineOperation({
    id: 'recordAccountPayment',
    tag,
    summary: 'Money came in for an account',
    description:
      'Orders that wait for credit go on by themselves, the oldest first, as far as there is room.',
    method: 'post',
    path: '/v1/accounts/{code}/payments',
    params,
    body: accountPaymentBody,
    hasEffects: true,
    responses: fresh,
    handle: async ({ principal, params: { code }, body }) => ({
      status: 200,
      body: await accounts.pay(principal, code, body),
    }),
  }),
];
