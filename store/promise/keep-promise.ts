import { hasLeftHouse } from '../../domain/order/capabilities';
import { aboutOrder, mailLines, mailTo } from '../../domain/order/mail-parts';
import { piecesByLineOf } from '../../domain/order/moving-work';
import type { PlacedOrder } from '../../domain/order/types';
import { wholePromise } from '../../domain/promise/order-promise';
import { partPromises, type PartPromise } from '../../domain/promise/part-promise';
import type { Database } from '../connect';
import { recordStep, type OrderStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { readLatePieces } from './late-pieces';
import type { PromiseChange } from './promise-changes';
import { promisedAtFirst } from './promised-at-first';
import { readPromiseFacts } from './read-promise-facts';

export interface KeepPromiseInput {
  change: PromiseChange;
  at: string;
  /** Signed link to the customer's page of an order. */
  orderUrl(orderId: string): string;
}

/**
 * Reckons an order's promise anew. What has changed is kept as its history, with the cause; when the order is now
 * complete at least a day later than the customer was told last, they hear it once. Better days are told by no mail,
 * and lines that wait for stock have a mail of their own. Twice is once: the change names the intent.
 */
export async function keepPromise(db: Database, { change, at, orderUrl }: KeepPromiseInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { orderId, cause } = change;
    const told = await lockTold(trx, orderId);
    const facts = await readPromiseFacts(trx, { orderId, at });
    const known = await readHolding(trx, orderId);
    // Before the confirmation nothing is promised that could be kept.
    if (!facts || known.length === 0) return;
    const parts = partPromises(facts, at);
    const changed = parts.filter((part) => !known.some((each) => isSame(each, part)));
    const ended = known.filter((each) => !parts.some(({ part }) => part === each.part) && each.holds);
    const latest = wholePromise([...parts, ...ended])?.latest ?? null;
    const isWorse =
      facts.waiting.length === 0 && told.latest !== null && latest !== null && latest > told.latest;
    if (changed.length === 0 && !isWorse) return;
    const promises = { key: `kept:${change.id}`, cause, parts: changed };
    await recordStep(trx, { orderId, at, promises });
    if (!isWorse) return;
    await trx('promises_told').where('order_id', orderId).update({ latest }).increment('times', 1);
    await recordStep(trx, {
      ...{ orderId, at },
      ...(await tellingOf(trx, orderId, { cause, told, latest, orderUrl })),
    });
  });
}

interface Told {
  latest: string | null;
  times: number;
}

interface News {
  cause: string;
  told: Told;
  latest: string;
  orderUrl(orderId: string): string;
}

async function tellingOf(
  trx: Database,
  orderId: string,
  { cause, told, latest, orderUrl }: News,
): Promise<Pick<OrderStep, 'events' | 'mails'>> {
  const row = await trx('orders').where('id', orderId).first('content');
  const order = row.content as PlacedOrder;
  const late = piecesByLineOf(await readLatePieces(trx, orderId));
  const work: string[] = await trx('fulfillments').where('order_id', orderId).pluck('status');
  const key = `promiseChanged:${told.times + 1}`;
  return {
    events: [{ key, type: 'promiseChanged', actor: 'system', data: { cause, before: told.latest, latest } }],
    mails: [
      {
        key: `${key}:${orderId}`,
        mail: mailTo(order, 'promiseChanged', {
          ...aboutOrder(order, orderUrl(orderId)),
          before: told.latest!,
          latest,
          lines: mailLines(
            order,
            [...late].map(([lineId, quantity]) => ({ lineId, quantity })),
          ),
          isCancellable: !work.some(hasLeftHouse),
        }),
      },
    ],
  };
}

/** The last day that the customer knows: first that of the confirmation, or of the payment that it waited for. */
async function lockTold(trx: Database, orderId: string): Promise<Told> {
  await trx('promises_told').insert({ order_id: orderId }).onConflict('order_id').ignore();
  const answer = await trx.raw<{ rows: Told[] }>(
    `SELECT t.times, to_char(CASE WHEN t.times > 0 THEN t.latest ELSE ${promisedAtFirst('t.order_id')} END,
       'YYYY-MM-DD') AS latest
     FROM promises_told AS t WHERE t.order_id = ? FOR UPDATE OF t`,
    [orderId],
  );
  return answer.rows[0]!;
}

type Holding = Pick<PartPromise, 'part' | 'earliest' | 'latest' | 'reasons'> & {
  /** Of work that has arrived; what was taken elsewhere or waits no longer promises nothing. */
  holds: boolean;
};

async function readHolding(trx: Database, orderId: string): Promise<Holding[]> {
  const answer = await trx.raw<{ rows: Holding[] }>(
    `SELECT DISTINCT ON (p.part) p.part, to_char(p.earliest, 'YYYY-MM-DD') AS earliest,
       to_char(p.latest, 'YYYY-MM-DD') AS latest, p.reasons,
       coalesce(f.status IN ('gathered', 'readyForPickup', 'delivered'), false) AS holds
     FROM order_promises AS p LEFT JOIN fulfillments AS f ON f.id = p.part
     WHERE p.order_id = ? ORDER BY p.part, p.id DESC`,
    [orderId],
  );
  return answer.rows;
}

const isSame = (a: Holding, b: PartPromise): boolean =>
  a.part === b.part && a.earliest === b.earliest && a.latest === b.latest;
