import { z } from 'zod';
import { creditLeft, type Account } from '../../domain/account/account';
import type { AccountBody, AccountPaymentBody } from '../contract/accounts';
import { actorOf, type Principal } from '../authenticate';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, invalidInput, notFound } from '../problem';
import { whileSeen, type Seen } from '../seen';

const codeCursor = z.string().max(300);
const idCursor = z.int().min(0);
type Paging = { limit: number; cursor?: string };

export function createAccounts({ store, orders, log, now }: ApiDependencies) {
  async function read({ role, boundTo }: Principal, code: string): Promise<Account> {
    const found = await store.findAccount(code);
    const isForeign = role === 'channel' && boundTo !== null && found?.channel !== boundTo;
    if (!found || isForeign) throw notFound(`There is no account "${code}"`);
    return found;
  }

  const find = async (principal: Principal, code: string) => shown(await read(principal, code));

  /**
   * Who waits for credit and fits by now goes on; the limit is checked again when it holds its part. An order that does
   * not answer stays on its hold, where people see it: the money was recorded all the same.
   */
  async function releaseWaiting(code: string): Promise<void> {
    for (const { workflowId, holdKeys } of await store.readWaitingForCredit(code))
      for (const holdId of holdKeys)
        await orders
          .release(workflowId, { key: `room:${holdId}`, holdId, actor: 'system' })
          .catch((error: unknown) => log.warn({ error, workflowId }, 'order not released'));
  }

  return {
    find,

    async save(principal: Principal, code: string, body: AccountBody, seen?: Seen) {
      const { creditLimit, priceList = null, ...fields } = body;
      const { amount, currency } = creditLimit;
      const saved = await store.saveAccount(
        { ...fields, code, currency, priceList, creditLimit: amount },
        whileSeen(seen, `the account "${code}"`, (now: Account) => accountTerms(shown(now))),
      );
      if (saved.outcome === 'invalid') throw invalidInput(saved.problems);
      await releaseWaiting(code);
      return find(principal, code);
    },

    async list({ role, boundTo }: Principal, { cursor, channel, limit }: Paging & { channel?: string }) {
      const own = role === 'channel' && boundTo !== null ? boundTo : channel;
      if (channel !== undefined && own !== channel) return { items: [] };
      const after = decodeCursor(codeCursor, cursor);
      return asList(await store.listAccounts({ channel: own, limit, after }), shown);
    },

    async listEntries(principal: Principal, code: string, { limit, cursor }: Paging) {
      const { currency } = await read(principal, code);
      const before = decodeCursor(idCursor, cursor);
      return asList(await store.listAccountEntries({ code, limit, before }), (entry) => ({
        ...entry,
        owed: { amount: entry.owed, currency },
        held: { amount: entry.held, currency },
      }));
    },

    async pay(principal: Principal, code: string, { amount, reference, receivedAt }: AccountPaymentBody) {
      const paid = await store.payAccount({
        ...{ account: code, ...amount, reference, actor: actorOf(principal) },
        at: new Date(receivedAt ?? now()).toISOString(),
      });
      if (paid.outcome === 'unknownAccount') throw notFound(`There is no account "${code}"`);
      if (paid.outcome === 'wrongCurrency')
        throw invalidInput([{ pointer: '/amount/currency', detail: `The account is in ${paid.currency}` }]);
      if (paid.outcome === 'differs')
        throw conflict(`The payment "${reference}" was recorded before, with ${paid.amount} minor units`);
      await releaseWaiting(code);
      return find(principal, code);
    },
  };
}

/** What can be changed of an account; what is owed changes by itself. */
export const accountTerms = ({
  name,
  channel,
  creditLimit,
  priceList,
}: Pick<ReturnType<typeof shown>, 'name' | 'channel' | 'creditLimit' | 'priceList'>) => ({
  ...{ name, channel, creditLimit, priceList },
});

function shown({ currency, creditLimit, owed, held, ...account }: Account) {
  const money = (amount: number) => ({ amount, currency });
  return {
    ...account,
    creditLimit: money(creditLimit),
    owed: money(owed),
    held: money(held),
    available: money(creditLeft({ ...account, currency, creditLimit, owed, held })),
  };
}
