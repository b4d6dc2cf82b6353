import type { Services } from '../../../api/services';
import { decimalOf } from '../../../domain/amount-text';
import { accountTerms } from '../../../api/services/accounts';
import type { ConsoleDependencies } from '../../dependencies';
import type { Visit } from '../../desk';
import type { View } from '../../views';
import { nameOfActor } from '../../words/actors';
import { nameOfEntry } from '../../words/account-causes';
import { orderUrl } from '../order/order-url';
import { priceListUrl } from '../price-lists/price-list-url';
import { queryOf, urlWith } from '../query';
import { seenIn } from '../seen';
import { accountUrl } from './account-url';
import { creditUse } from './credit-use';

const pageSize = 50;
const ordersShown = 20;

type Account = Awaited<ReturnType<Services['accounts']['find']>>;
type Entry = Awaited<ReturnType<Services['accounts']['listEntries']>>['items'][number];

/** One account: what is owed, the orders on it, and every movement. What was typed and refused stays. */
export async function accountView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { principal, req, form } = visit;
  const code = String(req.params.code);
  const account = await services.accounts.find(principal, code);
  const { cursor } = req.method === 'GET' ? queryOf(req, ['cursor']) : {};
  const [entries, orders, channels, lists] = await Promise.all([
    services.accounts.listEntries(principal, code, { limit: pageSize, cursor }),
    services.orders.list(principal, { account: code, limit: ordersShown }),
    services.catalogue.listChannels({ limit: 200 }),
    visit.may('listPriceLists') ? services.priceLists.list({ limit: 200 }) : { items: [] },
  ]);
  const url = accountUrl(code);
  return {
    template: 'account',
    title: account.name,
    data: {
      live: '/live',
      ...seenIn(form, accountTerms(account)),
      ...{ account, url, use: creditUse(account), typed: form },
      channelName: channels.items.find((each) => each.code === account.channel)?.name ?? account.channel,
      priceListUrl: account.priceList && priceListUrl(account.priceList),
      may: { pay: visit.may('recordAccountPayment'), save: visit.may('saveAccount') },
      fields: fieldsOf(account, form, lists.items),
      orders: orders.items.map((order) => ({ ...order, url: orderUrl(order.id) })),
      moreOrdersUrl: 'nextCursor' in orders ? urlWith('/orders', { account: code }) : undefined,
      entries: entries.items.map((entry) => ({
        ...entryOf(entry),
        orderNumber: orders.items.find(({ id }) => id === entry.orderId)?.number,
      })),
      isFirstPage: cursor === undefined,
      firstUrl: url,
      nextUrl: entries.nextCursor && urlWith(url, { cursor: entries.nextCursor }),
    },
  };
}

const fieldsOf = (
  { name, creditLimit, priceList }: Account,
  form: Readonly<Record<string, string>>,
  lists: readonly { code: string; name: string; currency: string }[],
) => ({
  name: form.name ?? name,
  limit: form.limit ?? decimalOf(creditLimit),
  lists: lists
    .filter(({ currency }) => currency === creditLimit.currency)
    .map((each) => ({
      ...{ value: each.code, label: each.name },
      isChosen: each.code === (form.priceList ?? priceList),
    })),
});

const entryOf = (entry: Entry) => ({
  ...entry,
  what: nameOfEntry(entry.cause),
  who: nameOfActor(entry.actor),
  orderUrl: entry.orderId && orderUrl(entry.orderId),
});
