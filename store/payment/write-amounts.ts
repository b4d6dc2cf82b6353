import type { Knex } from 'knex';

/**
 * What payments are meant for from now on; one of which nothing was asked yet and nothing is needed is let go at once.
 * Answers transfers of which nothing is awaited any more.
 */
export async function writeAmounts(
  trx: Knex.Transaction,
  amounts: readonly { paymentId: string; amount: number }[],
): Promise<string[]> {
  const paid: string[] = [];
  for (const { paymentId, amount } of amounts) {
    const payment = await trx('payments').where('id', paymentId).first('method', 'captured', 'authorized');
    const isIdle = amount === 0 && payment.authorized === 0;
    if (isIdle) await trx('payments').where('id', paymentId).update({ status: 'voided' });
    else if (amount > 0) await trx('payments').where('id', paymentId).update({ amount });
    if (payment.method === 'bankTransfer' && payment.captured >= amount) paid.push(paymentId);
  }
  return paid;
}
