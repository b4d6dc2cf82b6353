import type { MailData } from '../../domain/mails';
import { aboutOrder, mailTo } from '../../domain/order/mail-parts';
import type { PlacedOrder } from '../../domain/order/types';
import { promiseNews, type PromiseNews } from '../../domain/stock/promise-news';
import type { Database } from '../connect';
import { instantOrNull } from '../instant';
import { recordStep } from '../story/record-step';

interface ToldLine {
  id: number;
  orderId: string;
  lineId: string;
  sku: string;
  open: number;
  timesTold: number;
  before: string | null;
  expectedAt: string | null;
  news: PromiseNews;
}

interface Telling {
  skus: string[];
  at: string;
  orderUrl(orderId: string): string;
}

/**
 * Tells each customer once of what has changed in their dates: one mail an order, in the outbox with the date
 * that they know from then on. Who was not told to wait yet hears the date with that news.
 */
export async function tellPromises(trx: Database, { skus, at, orderUrl }: Telling): Promise<void> {
  const byOrder = new Map<string, ToldLine[]>();
  for (const line of await readNews(trx, skus)) {
    const own = byOrder.get(line.orderId);
    if (own) own.push(line);
    else byOrder.set(line.orderId, [line]);
  }
  for (const [orderId, lines] of byOrder)
    await tellOrder(trx, orderId, lines, { at, orderUrl: orderUrl(orderId) });
}

async function readNews(trx: Database, skus: string[]): Promise<ToldLine[]> {
  const rows = await trx('backorders')
    .whereIn('sku', skus)
    .where('open', '>', 0)
    .where('times_told', '>', 0)
    .orderBy(['order_id', 'id'])
    .select('*');
  return rows.flatMap((row) => {
    const before = instantOrNull(row.told_for as Date | null);
    const expectedAt = instantOrNull(row.promised_for as Date | null);
    const news = promiseNews(before, expectedAt);
    if (news === null) return [];
    const { id, sku, open, order_id: orderId, line_id: lineId, times_told: timesTold } = row;
    return [{ id, orderId, lineId, sku, open, timesTold, before, expectedAt, news }];
  });
}

async function tellOrder(
  trx: Database,
  orderId: string,
  lines: ToldLine[],
  { at, orderUrl }: { at: string; orderUrl: string },
): Promise<void> {
  const row = await trx('orders').where('id', orderId).first('content');
  const order = row.content as PlacedOrder;
  const key = `backorderUpdated:${lines[0]!.id}:${lines[0]!.timesTold}`;
  for (const { id, expectedAt } of lines)
    await trx('backorders').where({ id }).update({ told_for: expectedAt }).increment('times_told', 1);
  const changes = lines.map(({ sku, open, before, expectedAt, news }) => ({
    ...{ sku, quantity: open, before, expectedAt, news },
  }));
  await recordStep(trx, {
    ...{ orderId, at },
    events: [{ key, type: 'backorderUpdated', actor: 'system', data: { changes } }],
    mails: [
      { key: `${key}:${orderId}`, mail: mailTo(order, 'backorderUpdated', mailData(order, orderUrl, lines)) },
    ],
  });
}

const mailData = (
  order: PlacedOrder,
  orderUrl: string,
  lines: readonly ToldLine[],
): MailData['backorderUpdated'] => ({
  ...aboutOrder(order, orderUrl),
  isWorse: lines.some(({ news }) => news === 'later' || news === 'unknown'),
  lines: lines.map(({ lineId, sku, open, expectedAt }) => ({
    sku,
    title: order.lines.find(({ id }) => id === lineId)?.title ?? sku,
    quantity: open,
    expectedAt,
    isUndated: expectedAt === null,
  })),
});
