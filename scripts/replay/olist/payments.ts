import type { FilePayment, OrderInput, PlayableOrder, Remark } from '../data-set';
import { decimalOf, hundredthsOf } from '../minor-units';
import type { OlistRow } from './tables';

type Tender = OrderInput['tenders'][number];
type PaymentRow = OlistRow<'payments'>;

const methods: Record<string, Tender['method']> = {
  credit_card: 'card',
  debit_card: 'card',
  boleto: 'bankTransfer',
  voucher: 'giftCard',
};

export interface MappedPayments {
  tenders: Tender[];
  payments: FilePayment[];
  giftCards: PlayableOrder['giftCards'];
  transfers: PlayableOrder['transfers'];
  remarks: Remark[];
  /** Why the order cannot be played, if it cannot. */
  problem: string | null;
}

/** The payments of one order as its tenders, in the order of the file. Nothing is paid with nothing. */
export function mapPayments(reference: string, rows: readonly PaymentRow[], paidAt: string): MappedPayments {
  const mapped: MappedPayments = {
    tenders: [],
    payments: [],
    giftCards: [],
    transfers: [],
    remarks: [],
    problem: null,
  };
  for (const row of inSequence(rows)) {
    const amount = hundredthsOf(row.payment_value);
    const method = methods[row.payment_type];
    if (amount === 0)
      mapped.remarks.push({ reference, what: `a ${row.payment_type} of ${decimalOf(0)} is left out` });
    else if (method === undefined) mapped.problem = `unknown means of payment "${row.payment_type}"`;
    else addTender(mapped, reference, row, method, amount, paidAt);
  }
  if (mapped.tenders.length === 0) mapped.problem ??= 'no payments';
  return mapped;
}

const inSequence = (rows: readonly PaymentRow[]): PaymentRow[] =>
  [...rows].sort((a, b) => Number(a.payment_sequential) - Number(b.payment_sequential));

function addTender(
  mapped: MappedPayments,
  reference: string,
  row: PaymentRow,
  method: Tender['method'],
  amount: number,
  paidAt: string,
): void {
  const tender: Tender = { method, amount: { amount, currency: 'BRL' } };
  const name = `${reference}-${row.payment_sequential}`;
  if (method === 'card') {
    tender.token = 'tok_ok';
    const instalments = Number(row.payment_installments);
    if (instalments > 1) tender.instalments = instalments;
  }
  if (method === 'giftCard') {
    tender.token = `OLIST-${name}`;
    mapped.giftCards.push({ code: tender.token, amount });
  }
  if (method === 'bankTransfer')
    mapped.transfers.push({
      tender: mapped.tenders.length,
      amount,
      reference: `boleto ${name}`,
      receivedAt: paidAt,
    });
  mapped.tenders.push(tender);
  mapped.payments.push({ kind: row.payment_type, amount });
}
