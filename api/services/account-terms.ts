import { listedPrice, listedPriceProblems, type ListedPrices } from '../../domain/account/listed-prices';
import type { AccountTerms } from '../../store/account/read-account-terms';
import type { OrderBody } from '../contract/orders';
import type { FieldError } from '../problem';

/** The prices that an order must go by; null when its customer has no account with a list. */
export function listOf(terms: AccountTerms | null): ListedPrices | null {
  if (terms === null || terms.priceList === null) return null;
  return { list: terms.priceList, prices: new Map(terms.prices.map(({ sku, price }) => [sku, price])) };
}

/** Prices that were left out are those of the list; what is paid on account names the account. */
export function withTerms(body: OrderBody, terms: AccountTerms | null): OrderBody {
  const account = body.customer?.account;
  if (account === undefined) return body;
  const list = listOf(terms);
  return {
    ...body,
    lines: list ? body.lines.map((line) => ({ ...line, unitPrice: listedPrice(line, list) })) : body.lines,
    tenders: body.tenders.map((tender) =>
      tender.method === 'onAccount' ? { ...tender, token: account } : tender,
    ),
  };
}

/** What does not fit between an order, its account, and the prices of that. */
export function accountProblems(body: OrderBody, terms: AccountTerms | null): FieldError[] {
  const account = body.customer?.account;
  const onAccount = body.tenders.flatMap(({ method }, index) => (method === 'onAccount' ? [index] : []));
  if (account === undefined)
    return onAccount.map((index) => ({
      pointer: `/tenders/${index}/method`,
      detail: 'Only a customer with an account pays on it: name it as customer.account',
    }));
  if (terms === null || terms.channel !== body.channel)
    return [
      { pointer: '/customer/account', detail: `The channel "${body.channel}" has no account "${account}"` },
    ];
  const list = listOf(terms);
  return [
    ...(terms.currency === body.currency
      ? []
      : [{ pointer: '/currency', detail: `The account "${account}" is in ${terms.currency}` }]),
    ...onAccount.slice(1).map((index) => ({
      pointer: `/tenders/${index}/method`,
      detail: 'What is paid on account is one tender: sum it up',
    })),
    ...onAccount
      .filter((index) => body.tenders[index]!.token !== undefined)
      .map((index) => ({
        pointer: `/tenders/${index}/token`,
        detail: 'The account of the customer is meant: leave it out',
      })),
    ...(list ? listedPriceProblems(body.lines, list) : []),
  ];
}
