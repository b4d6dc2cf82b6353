import type { CommandResult } from '../../domain/commands';
import type { MailRequest } from '../../domain/mails';
import { askAgainAfterMs, confirmWithinMs, mostAlertsOfAddress } from '../../domain/stock/stock-alert';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';

export interface AskStockAlertInput {
  id: string;
  channel: string;
  sku: string;
  email: string;
  locale: string;
  quantity: number;
  productUrl: string | null;
  /** Signed link to the page on which an alert is confirmed. */
  alertUrl(id: string): string;
  at: string;
}

export type AskStockAlertResult = Extract<CommandResult<{ id: string }>, { outcome: 'done' | 'invalid' }>;

/**
 * Somebody wants to be told when a SKU is back. An address has one alert for a SKU: asked for again, it is changed.
 * Until its owner has confirmed it nothing is told but the question, once an hour at most.
 */
export async function askStockAlert(db: Database, input: AskStockAlertInput): Promise<AskStockAlertResult> {
  return inTransaction(db, async (trx) => {
    await trx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 1))', [input.email.toLowerCase()]);
    if (await hasTooMany(trx, input)) {
      const detail = `${mostAlertsOfAddress} alerts wait for this address already`;
      return { outcome: 'invalid', problems: [{ pointer: '/email', detail }] };
    }
    const { alertUrl, ...bindings } = input;
    const saved = await trx.raw<{ rows: Saved[] }>(sql, {
      ...bindings,
      expiresAt: new Date(Date.parse(input.at) + confirmWithinMs).toISOString(),
      askedBefore: new Date(Date.parse(input.at) - askAgainAfterMs).toISOString(),
    });
    const { id, status, times_asked, title } = saved.rows[0]!;
    if (status === 'unconfirmed') {
      const mail: MailRequest = {
        template: 'stockAlertAsked',
        to: input.email,
        locale: input.locale,
        data: { sku: input.sku, title, url: alertUrl(id) },
        unsubscribeUrl: alertUrl(id),
        isErasedOnceSent: true,
      };
      await trx('outbox')
        .insert({
          kind: 'mail',
          key: `mail:stockAlertAsked:${id}:${times_asked}`,
          payload: JSON.stringify(mail),
        })
        .onConflict('key')
        .ignore();
    }
    return { outcome: 'done', value: { id }, signals: [] };
  });
}

interface Saved {
  id: string;
  status: string;
  times_asked: number;
  title: string;
}

async function hasTooMany(trx: Database, { email, sku }: AskStockAlertInput): Promise<boolean> {
  const others = await trx('stock_alerts')
    .whereRaw('lower(email) = lower(?)', [email])
    .whereNot({ sku })
    .count<{ count: number }[]>('* as count');
  return Number(others[0]!.count) >= mostAlertsOfAddress;
}

const sql = `
  WITH saved AS (
    INSERT INTO stock_alerts AS a
      (id, channel, sku, email, locale, quantity, product_url, status, created_at, expires_at, asked_at)
    VALUES (:id, :channel, :sku, :email, :locale, :quantity, :productUrl, 'unconfirmed', :at, :expiresAt, :at)
    ON CONFLICT (lower(email), sku) WHERE email IS NOT NULL DO UPDATE SET
      channel = excluded.channel, locale = excluded.locale, quantity = excluded.quantity,
      product_url = excluded.product_url,
      expires_at = CASE a.status WHEN 'unconfirmed' THEN excluded.expires_at ELSE a.expires_at END,
      due_at = CASE a.status WHEN 'waiting' THEN excluded.asked_at END,
      times_asked = a.times_asked + CASE WHEN a.asked_at <= :askedBefore THEN 1 ELSE 0 END,
      asked_at = CASE WHEN a.asked_at <= :askedBefore THEN excluded.asked_at ELSE a.asked_at END
    RETURNING id, sku, status, times_asked
  )
  SELECT saved.*, p.title FROM saved JOIN products AS p ON p.sku = saved.sku`;
