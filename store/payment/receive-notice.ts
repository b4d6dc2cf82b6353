import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { judgeNotice, type NoticeFacts, type NoticeVerdict } from '../../domain/payment/notice-verdict';
import type { PaymentNotice, ReadNotice } from '../../ports/payment-notice';
import type { Database } from '../connect';
import { prepared } from '../prepared';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { applyAnswers, lockMoney, refreshPaymentStatus } from './movements';
import { readPayments } from './read-payments';
import { recordAuthorization } from './record-authorization';

export interface ReceivedNotice {
  provider: string;
  /** The provider's own id of the notice: the same id is the same notice. */
  id: string;
  type: string;
  payload: unknown;
  read: ReadNotice;
  at: string;
}

/** A notice is mostly as quick as the answer to the call that it tells of, which is being written at this moment. */
const answerWithinMs = 400;
const untilAnswered = (): Promise<void> => delay(answerWithinMs);

/**
 * Keeps what a payment provider reports and holds it against our movements, by the key of the intent: what our
 * books have already is agreed, what they wait for is settled, what they do not know is left to people. The same
 * notice twice is one. What our books wait for is looked at once more after a moment, before it is settled under the
 * lock of the order's money.
 */
export async function receiveNotice(
  db: Database,
  received: ReceivedNotice,
  wait = untilAnswered,
): Promise<NoticeReceipt> {
  const { read } = received;
  if (read.outcome === 'irrelevant') return keep(db, received, { orderId: null, outcome: 'kept' });
  if (read.outcome === 'unreadable') return keep(db, received, misread(read.detail));
  // Most notices tell what we know: they need no lock.
  const look = async () => {
    const known = await findPlace(db, received.provider, read.notice);
    return { known, verdict: judge(read.notice, known) };
  };
  const first = await look();
  const isAwaited = first.verdict.outcome === 'settled';
  if (isAwaited) await wait();
  const { known, verdict } = isAwaited ? await look() : first;
  if (verdict.outcome === 'agreed') return keep(db, received, { orderId: known!.orderId, ...verdict });
  return inTransaction(db, (trx) => act(trx, received, read.notice, known?.orderId ?? null));
}

type NoticeReceipt = { outcome: 'recorded' | 'duplicate' };
type Outcome = { orderId: string | null } & (NoticeVerdict | { outcome: 'kept' });

async function keep(db: Database, received: ReceivedNotice, outcome: Outcome): Promise<NoticeReceipt> {
  const kept = await db('payment_notices')
    .insert({
      provider: received.provider,
      notice_id: received.id,
      type: received.type,
      payload: JSON.stringify(received.payload),
      order_id: outcome.orderId,
      outcome: outcome.outcome,
      finding: outcome.outcome === 'finding' ? outcome.finding : null,
    })
    .onConflict(['provider', 'notice_id'])
    .ignore()
    .returning('notice_id');
  return { outcome: kept.length > 0 ? 'recorded' : 'duplicate' };
}

const misread = (detail: string): Outcome => ({
  orderId: null,
  outcome: 'finding',
  finding: `The provider sent a notice that we cannot read (${detail}). Look it up there, and have the adapter mended.`,
});

async function act(
  trx: Knex.Transaction,
  received: ReceivedNotice,
  notice: PaymentNotice,
  orderId: string | null,
): Promise<NoticeReceipt> {
  if (orderId !== null) await lockMoney(trx, orderId);
  const place = await findPlace(trx, received.provider, notice);
  const verdict = judge(notice, place);
  const receipt = await keep(trx, received, { orderId, ...verdict });
  if (receipt.outcome === 'recorded' && verdict.outcome === 'settled')
    await settle(trx, received, notice, place!);
  return receipt;
}

/** Our payment, and our movement where there is one, that a notice is about. */
interface Place {
  orderId: string;
  paymentId: string;
  movementKey: string | null;
  payment: NonNullable<NoticeFacts['payment']>;
  movement: NoticeFacts['movement'];
}

/** By the key or the reference of a movement, else by the authorisation. */
async function findPlace(db: Database, provider: string, notice: PaymentNotice): Promise<Place | null> {
  const answer = await prepared<{ rows: Place[] }>(db, placeSql, {
    provider,
    ...keysOf(notice),
    reference: notice.reference,
    authorization: notice.authorization,
    authorizes: notice.key?.replace(/:authorize$/, '') ?? null,
  });
  return answer.rows[0] ?? null;
}

/** After a definite no we ask again under the same key with the attempt behind it. */
const keysOf = ({ key }: PaymentNotice) => ({ key, firstKey: key?.replace(/:\d+$/, '') ?? null });

const placeSql = `
  SELECT p.order_id AS "orderId", p.id AS "paymentId", m.key AS "movementKey",
         json_build_object('orderNumber', o.number, 'status', p.status, 'reference', p.reference, 'amount', p.amount,
                           'captured', p.captured, 'refunded', p.refunded, 'currency', p.currency) AS payment,
         CASE WHEN m.key IS NOT NULL THEN json_build_object(
           'kind', m.kind, 'amount', m.amount, 'reference', m.reference,
           'state', CASE WHEN m.done_at IS NOT NULL THEN 'done' WHEN m.given_up_at IS NOT NULL THEN 'givenUp'
                    ELSE 'open' END) END AS movement
  FROM (
    SELECT payment_id, key, 1 AS rank FROM payment_movements WHERE key IN (:key, :firstKey) AND kind <> 'authorize'
    UNION ALL
    SELECT payment_id, key, 2 FROM payment_movements WHERE reference = :reference AND kind <> 'authorize'
    UNION ALL
    SELECT id, NULL, 3 FROM payments WHERE id = :authorizes
    UNION ALL
    SELECT id, NULL, 4 FROM payments WHERE reference = :authorization
  ) AS found
  -- One row each, by its key, however small the tables were when the statement was planned.
  CROSS JOIN LATERAL (SELECT * FROM payments WHERE id = found.payment_id AND provider = :provider OFFSET 0) AS p
  CROSS JOIN LATERAL (SELECT number FROM orders WHERE id = p.order_id OFFSET 0) AS o
  LEFT JOIN LATERAL (SELECT * FROM payment_movements WHERE key = found.key OFFSET 0) AS m ON true
  ORDER BY found.rank LIMIT 1`;

const judge = (
  { kind, declined, reference, authorization, amount }: PaymentNotice,
  place: Place | null,
): NoticeVerdict =>
  judgeNotice({
    notice: { kind, isDeclined: declined !== null, reference, authorization, amount },
    payment: place?.payment ?? null,
    movement: place?.movement ?? null,
  });

/** Writes what the answer would have written; the step that still waits for the answer meets it done. */
async function settle(
  trx: Knex.Transaction,
  { at }: ReceivedNotice,
  notice: PaymentNotice,
  { orderId, paymentId, movementKey }: Place,
): Promise<void> {
  if (notice.kind === 'authorize') await settleAuthorization(trx, notice, { orderId, paymentId, at });
  else await applyAnswers(trx, [{ key: movementKey!, outcome: 'done', reference: notice.reference }], at);
  const { status } = await refreshPaymentStatus(trx, orderId);
  await recordStep(trx, { orderId, at, paymentStatus: status });
}

async function settleAuthorization(
  trx: Knex.Transaction,
  { declined, reference }: PaymentNotice,
  { orderId, paymentId, at }: { orderId: string; paymentId: string; at: string },
): Promise<void> {
  const payment = (await readPayments(trx, orderId)).find(({ id }) => id === paymentId)!;
  await recordAuthorization(trx, {
    orderId,
    key: `${paymentId}:authorize`,
    payment,
    at,
    result: declined
      ? { outcome: 'declined', ...declined }
      : { outcome: 'authorized', reference, expiresAt: null },
  });
}
