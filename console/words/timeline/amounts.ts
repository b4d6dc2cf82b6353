import { formatMoney } from '../../../domain/money';
import { tenderName } from '../../../domain/payment/tender-names';
import { isMoney, type Data } from './event-data';

/** Parts of a movement, each with its means of payment. */
export const amountsOf = (data: Data): string =>
  data
    .list('parts')
    .map((part) => `${amountOf(part, String(part.currency ?? ''))} ${tenderName(String(part.method), 'en')}`)
    .join(', ');

function amountOf(part: Record<string, unknown>, currency: string): string {
  const { amount } = part;
  return isMoney(amount)
    ? formatMoney(amount, 'en-GB')
    : formatMoney({ amount: Number(amount), currency }, 'en-GB');
}
