import type { Knex } from 'knex';
import type { MailRequest } from '../../domain/mails';
import type { Database } from '../connect';
import { readChannelAvailability } from '../push/read-channel-availability';
import { inTransaction } from '../transaction';

export interface TellStockAlertsInput {
  at: string;
  /** Addresses that are told together. */
  limit: number;
  /** Signed link to the page on which an alert can be taken back. */
  alertUrl(id: string): string;
}

interface DueRow {
  id: string;
  channel: string;
  sku: string;
  title: string;
  email: string;
  locale: string;
  quantity: number;
  product_url: string | null;
}

/**
 * Tells those whose stock is back, once: with the mail in the outbox their address is forgotten. Free is what the
 * channel can sell now; lines that waited took theirs with the stock. What one address waits for comes in one mail. How
 * many alerts were looked at.
 */
export async function tellStockAlerts(db: Database, input: TellStockAlertsInput): Promise<number> {
  return inTransaction(db, async (trx) => {
    const due = await takeDue(trx, input);
    const back = await whatIsBack(trx, due);
    for (const alerts of byAddress(back)) await leaveMail(trx, alerts, input);
    if (back.length > 0)
      await trx('stock_alerts')
        .whereIn(
          'id',
          back.map(({ id }) => id),
        )
        .update({ status: 'told', email: null, ended_at: input.at });
    return due.length;
  });
}

/** All that is due of some addresses. From here on a change of their stock makes them due again. */
async function takeDue(trx: Knex.Transaction, { at, limit }: TellStockAlertsInput): Promise<DueRow[]> {
  const answer = await trx.raw<{ rows: DueRow[] }>(
    `WITH addresses AS (
       SELECT DISTINCT email FROM stock_alerts WHERE due_at <= :at AND status = 'waiting' ORDER BY email LIMIT :limit
     ), taken AS (
       SELECT a.id FROM stock_alerts AS a JOIN addresses USING (email)
       WHERE a.due_at IS NOT NULL AND a.status = 'waiting' ORDER BY a.id FOR UPDATE OF a SKIP LOCKED
     )
     UPDATE stock_alerts AS a SET due_at = NULL FROM taken, products AS p
     WHERE a.id = taken.id AND p.sku = a.sku
     RETURNING a.id, a.channel, a.sku, p.title, a.email, a.locale, a.quantity, a.product_url`,
    { at, limit },
  );
  return answer.rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function whatIsBack(trx: Knex.Transaction, due: readonly DueRow[]): Promise<DueRow[]> {
  const back: DueRow[] = [];
  for (const channel of new Set(due.map((alert) => alert.channel))) {
    const own = due.filter((alert) => alert.channel === channel);
    const skus = [...new Set(own.map(({ sku }) => sku))];
    const figures = await readChannelAvailability(trx, { channel, locations: null, skus });
    const available = new Map(figures.map((figure) => [figure.sku, figure.available]));
    back.push(...own.filter(({ sku, quantity }) => available.get(sku)! >= quantity));
  }
  return back;
}

function byAddress(alerts: readonly DueRow[]): DueRow[][] {
  const groups = new Map<string, DueRow[]>();
  for (const alert of alerts) {
    const address = alert.email.toLowerCase();
    groups.set(address, [...(groups.get(address) ?? []), alert]);
  }
  return [...groups.values()];
}

async function leaveMail(
  trx: Knex.Transaction,
  alerts: readonly DueRow[],
  { alertUrl }: TellStockAlertsInput,
): Promise<void> {
  const [first] = alerts as [DueRow];
  const mail: MailRequest = {
    template: 'stockBack',
    to: first.email,
    locale: first.locale,
    data: {
      items: alerts.map(({ sku, title, product_url }) => ({ sku, title, productUrl: product_url })),
      url: alertUrl(first.id),
    },
    unsubscribeUrl: alertUrl(first.id),
    isErasedOnceSent: true,
  };
  await trx('outbox')
    .insert({ kind: 'mail', key: `mail:stockBack:${first.id}`, payload: JSON.stringify(mail) })
    .onConflict('key')
    .ignore();
}
