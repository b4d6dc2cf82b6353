import type { PartPromise } from '../../domain/promise/part-promise';
import type { OrderSignal } from '../../domain/commands';
import type { DocumentContent } from '../../domain/documents';
import type { MailRequest } from '../../domain/mails';
import { statesBefore, type OrderStatus, type PaymentStatus } from '../../domain/order/states';
import type { Knex } from 'knex';
import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface StepEvent {
  /** Names the step within the order; a step told twice stands in the story once. */
  key: string;
  type: string;
  actor: string;
  data?: Record<string, unknown>;
}

export interface StepWait {
  key: string;
  what: string;
  until: string | null;
  then: string;
}

/** What one step of an order changes in the read model and sends out, written in a single statement. */
export interface OrderStep {
  orderId: string;
  /** RFC 3339; the workflow's own time where the workflow tells. */
  at: string;
  status?: OrderStatus;
  decision?: string;
  paymentStatus?: PaymentStatus;
  events?: StepEvent[];
  waits?: StepWait[];
  /** Keys of waits that are over. `*` ends all of the order. */
  waitsOver?: string[];
  documents?: { id: string; title: string; content: DocumentContent }[];
  /** What is promised from now on; the key names what it was reckoned anew for. */
  promises?: { key: string; cause?: string; parts: PartPromise[] };
  mails?: { key: string; mail: MailRequest }[];
  signals?: OrderSignal[];
  /** Words by which the order can be found from now on. */
  searchWords?: string[];
}

/**
 * Writes a step. Repeating it changes nothing: events, documents, mails and signals are told apart by their
 * keys, states only move forward along their table, waits are set to the same again. An order that is over waits for
 * nothing that a worker, standing still since then, tells a second time.
 */
export async function recordStep(
  db: Database,
  step: OrderStep,
  /** What changes in the same statement. */
  together: readonly StepPart[] = [],
): Promise<void> {
  const { sql, bindings } = stepStatement(step, together);
  await prepared(db, sql, bindings);
}

/** `name AS (UPDATE …)`, with bindings whose names no other part has. */
export interface StepPart {
  sql: string;
  bindings: Bindings;
}

type Bindings = Record<string, Knex.Value>;

function stepStatement(step: OrderStep, together: readonly StepPart[]): StepPart {
  const parts: string[] = [updateOrder];
  const bindings: Bindings = orderBindings(step);
  const add = (sql: string, more: Bindings): void => {
    parts.push(sql);
    Object.assign(bindings, more);
  };
  for (const part of together) add(part.sql, part.bindings);
  const waits = step.waits ?? [];
  if (step.events?.length) add(insertEvents, { events: JSON.stringify(step.events) });
  if (step.waitsOver?.length) add(deleteWaits, { over: step.waitsOver, kept: waits.map((wait) => wait.key) });
  const told = (step.events ?? []).map((event) => event.key);
  if (waits.length > 0) add(upsertWaits, { waits: JSON.stringify(waits), told });
  if (step.documents?.length)
    add(insertDocuments, { documents: JSON.stringify(step.documents.map(asDocument)) });
  if (step.promises?.parts.length)
    add(insertPromises, {
      promises: JSON.stringify(step.promises.parts),
      promiseKey: step.promises.key,
      promiseCause: step.promises.cause ?? step.promises.key.split(':')[0]!,
    });
  // Somebody at a till who left no address gets no mail.
  const mails = (step.mails ?? []).filter(({ mail }) => mail.to !== '');
  const leaving = [...mails.map(asMail), ...(step.signals ?? []).map(asSignal)];
  if (leaving.length > 0) add(insertOutbox, { leaving: JSON.stringify(leaving) });
  return { sql: `WITH ${parts.join(',')}\nSELECT 1`, bindings };
}

const updateOrder = `
  step_order AS (
    UPDATE orders SET
      status = CASE WHEN status = ANY (:before) THEN :status ELSE status END,
      decision = coalesce(:decision, decision),
      payment_status = coalesce(:paymentStatus, payment_status),
      search_text = CASE WHEN position(:words IN search_text) > 0 THEN search_text ELSE search_text || :words END,
      updated_at = now()
    WHERE id = :orderId)`;

function orderBindings(step: OrderStep): Bindings {
  return {
    orderId: step.orderId,
    at: step.at,
    before: step.status ? statesBefore('order', step.status) : [],
    status: step.status ?? '',
    decision: step.decision ?? null,
    paymentStatus: step.paymentStatus ?? null,
    words: step.searchWords?.length ? ` ${step.searchWords.join(' ').toLowerCase()}` : '',
  };
}

const insertEvents = `
  step_events AS (
    INSERT INTO order_events (order_id, at, key, type, actor, data)
    SELECT :orderId, :at, key, type, actor, coalesce(data, '{}')
    FROM jsonb_to_recordset(:events) AS e (key text, type text, actor text, data jsonb)
    ON CONFLICT (order_id, key) DO NOTHING)`;

const deleteWaits = `
  step_waits_over AS (
    DELETE FROM order_waits
    WHERE order_id = :orderId AND (key = ANY (:over) OR '*' = ANY (:over)) AND NOT key = ANY (:kept))`;

const upsertWaits = `
  step_waits AS (
    INSERT INTO order_waits (order_id, since, key, what, until, then_what)
    SELECT :orderId, :at, w.key, w.what, w.until, w."then"
    FROM jsonb_to_recordset(:waits) AS w (key text, what text, until timestamptz, "then" text)
    WHERE NOT EXISTS (
      SELECT FROM orders AS o JOIN order_events AS e ON e.order_id = o.id
      WHERE o.id = :orderId AND o.status IN ('completed', 'cancelled') AND e.key = ANY (:told))
    ON CONFLICT (order_id, key) DO UPDATE
      SET what = excluded.what, until = excluded.until, then_what = excluded.then_what,
          since = CASE WHEN order_waits.what = excluded.what THEN order_waits.since ELSE excluded.since END)`;

const insertDocuments = `
  step_documents AS (
    INSERT INTO documents (order_id, created_at, id, kind, title, content)
    SELECT :orderId, :at, id, kind, title, content
    FROM jsonb_to_recordset(:documents) AS d (id text, kind text, title text, content jsonb)
    ON CONFLICT (id) DO NOTHING)`;

const insertPromises = `
  step_promises AS (
    INSERT INTO order_promises (order_id, at, key, cause, part, earliest, latest, leaves_by, reasons)
    SELECT :orderId, :at, :promiseKey, :promiseCause, part, earliest, latest, "leavesBy", reasons
    FROM jsonb_to_recordset(:promises) AS p (part text, earliest date, latest date, "leavesBy" date, reasons jsonb)
    -- Told a second time, the order may have other parts by then, of which this was not promised.
    WHERE NOT EXISTS (SELECT FROM order_promises WHERE order_id = :orderId AND key = :promiseKey)
    ON CONFLICT (order_id, key, part) DO NOTHING)`;

const insertOutbox = `
  step_outbox AS (
    INSERT INTO outbox (order_id, kind, key, payload, due_at)
    SELECT :orderId, kind, key, payload, now() + make_interval(secs => delay)
    FROM jsonb_to_recordset(:leaving) AS o (kind text, key text, payload jsonb, delay float)
    ON CONFLICT (key) DO NOTHING)`;

const asDocument = (document: NonNullable<OrderStep['documents']>[number]): object => ({
  ...document,
  kind: document.content.kind,
});

const asMail = ({ key, mail }: { key: string; mail: MailRequest }): object => ({
  kind: 'mail',
  key: `mail:${key}`,
  payload: mail,
  delay: 0,
});

/** Who committed a signal delivers it at once; the relay takes it only when that did not happen. */
const graceSeconds = 3;

const asSignal = (signal: OrderSignal): object => ({
  kind: 'signal',
  key: `signal:${signal.key}`,
  payload: signal,
  delay: graceSeconds,
});
