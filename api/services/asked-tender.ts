import type { AskedTender } from '../../domain/payment/edited-payment';
import type { OrderView } from '../../store/read/order-view';
import type { EditBody } from '../contract/edits';
import type { FieldError } from '../problem';

type Named = NonNullable<EditBody['tender']>;
type Payer = Pick<OrderView, 'customer'>;

/** What an edit is to be paid with; what is paid on account is the customer's. */
export const askedTender = (
  { customer }: Payer,
  { method, token, instalments, paidBy }: Named,
): AskedTender => ({
  method,
  token: (method === 'onAccount' ? customer.account : token) ?? null,
  instalments: instalments ?? null,
  ...(paidBy !== undefined && { paidBy }),
});

const needsToken: Partial<Record<Named['method'], string>> = {
  till: 'Must be the number of the receipt of the till',
  giftCard: 'Must be the code of the card or credit',
  storeCredit: 'Must be the code of the card or credit',
};

/** What a tender lacks, or has too much of. */
export function tenderProblems({ customer }: Payer, { method, token, paidBy }: Named): FieldError[] {
  const problems: FieldError[] = [];
  const at = (field: string, detail: string) => problems.push({ pointer: `/tender/${field}`, detail });
  const lacks = needsToken[method];
  if (lacks !== undefined && token === undefined) at('token', lacks);
  if (method !== 'till' && paidBy !== undefined) at('paidBy', 'Only a till says what was paid with');
  if (method === 'onAccount' && customer.account === undefined)
    at('method', 'Only a customer with an account pays on it');
  if (method === 'onAccount' && token !== undefined)
    at('token', 'The account of the customer is meant: leave it out');
  return problems;
}
