import type { CommandResult, FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { viewsOf, type TransferRow } from './transfer-view';

export interface RequestTransferInput {
  /** Names the transfer: the same id is the same transfer. */
  id: string;
  fromLocationId: string;
  toLocationId: string;
  /** At least one; each SKU once. */
  lines: { sku: string; quantity: number }[];
  expectedAt?: string;
  reference?: string;
  actor: string;
  at: string;
}

export type RequestTransferResult =
  | Exclude<CommandResult<{ id: string }>, { outcome: 'notFound' | 'notAllowed' }>
  /** The id names another transfer. */
  | { outcome: 'differs' };

class Refused extends Error {
  constructor(readonly problems: FieldProblem[]) {
    super('refused');
  }
}

/**
 * Asks a location to send stock to another. The pieces are held from now on, so that nobody sells them; all of
 * them or none. Safety stock may be sent: it is kept back from customers, not from the network. Twice is once.
 */
export async function requestStockTransfer(
  db: Database,
  input: RequestTransferInput,
): Promise<RequestTransferResult> {
  const unknown = await whatIsUnknown(db, input);
  if (unknown.length > 0) return { outcome: 'invalid', problems: unknown };
  try {
    return await inTransaction(db, async (trx) => {
      const isNew = await writeTransfer(trx, input);
      if (!isNew) return (await isSame(trx, input)) ? doneWith(input.id) : { outcome: 'differs' };
      const held = await hold(trx, input);
      const short = input.lines.flatMap(({ sku }, index) => (held.has(sku) ? [] : [index]));
      if (short.length > 0) throw new Refused(await whyShort(trx, input, short));
      return doneWith(input.id);
    });
  } catch (error) {
    if (error instanceof Refused) return { outcome: 'invalid', problems: error.problems };
    throw error;
  }
}

const doneWith = (id: string) => ({ outcome: 'done' as const, value: { id }, signals: [] });

async function whatIsUnknown(db: Database, input: RequestTransferInput): Promise<FieldProblem[]> {
  const { fromLocationId, toLocationId, lines } = input;
  const known = await db.raw<{ rows: { skus: string[]; places: string[] }[] }>(
    `SELECT ARRAY(SELECT sku FROM products WHERE sku = ANY (:skus)) AS skus,
            ARRAY(SELECT id FROM locations WHERE id = ANY (:places)) AS places`,
    { skus: lines.map(({ sku }) => sku), places: [fromLocationId, toLocationId] },
  );
  const { skus, places } = known.rows[0]!;
  const ofPlaces = (['fromLocationId', 'toLocationId'] as const)
    .filter((field) => !places.includes(input[field]))
    .map((field) => ({ pointer: `/${field}`, detail: `No location has the id "${input[field]}"` }));
  const ofLines = lines.flatMap(({ sku }, index) =>
    skus.includes(sku) ? [] : [{ pointer: `/lines/${index}/sku`, detail: `No product has the SKU "${sku}"` }],
  );
  return [...ofPlaces, ...ofLines];
}

async function writeTransfer(trx: Database, input: RequestTransferInput): Promise<boolean> {
  const written = await trx.raw<{ rows: unknown[] }>(
    `WITH written AS (
       INSERT INTO stock_transfers
         (id, from_location_id, to_location_id, status, expected_at, reference, requested_at, requested_by)
       VALUES (:id, :fromLocationId, :toLocationId, 'requested', :expectedAt, :reference, :at, :actor)
       ON CONFLICT DO NOTHING RETURNING id
     ), lines AS (
       INSERT INTO stock_transfer_lines (transfer_id, sku, position, quantity)
       SELECT written.id, l.sku, l.position, l.quantity
       FROM written, jsonb_to_recordset(:lines) AS l (sku text, position int, quantity int)
     )
     SELECT id FROM written`,
    {
      ...input,
      expectedAt: input.expectedAt ?? null,
      reference: input.reference ?? null,
      lines: JSON.stringify(input.lines.map((line, position) => ({ ...line, position }))),
    },
  );
  return written.rows.length > 0;
}

async function isSame(trx: Database, input: RequestTransferInput): Promise<boolean> {
  const row = await trx<TransferRow>('stock_transfers').where({ id: input.id }).first();
  const [known] = await viewsOf(trx, [row!]);
  const content = (lines: readonly { sku: string; quantity: number }[]) =>
    lines
      .map(({ sku, quantity }) => `${quantity} ${sku}`)
      .sort()
      .join('\n');
  return (
    known!.fromLocationId === input.fromLocationId &&
    known!.toLocationId === input.toLocationId &&
    content(known!.lines) === content(input.lines)
  );
}

/** Takes the hold of each line that has enough free pieces; answers the SKUs that were taken. */
async function hold(trx: Database, input: RequestTransferInput): Promise<Set<string>> {
  const { id, fromLocationId, actor, at } = input;
  const taken = await trx.raw<{ rows: { sku: string }[] }>(
    `WITH wanted AS (
       SELECT sku, quantity FROM jsonb_to_recordset(:lines) AS w (sku text, quantity int)
     ), locked AS (
       SELECT s.sku FROM stock AS s
       WHERE s.location_id = :fromLocationId AND s.sku IN (SELECT sku FROM wanted)
       ORDER BY s.sku, s.location_id FOR UPDATE
     ), taken AS (
       UPDATE stock AS s SET allocated = s.allocated + w.quantity
       FROM wanted AS w JOIN locked AS l ON l.sku = w.sku
       WHERE s.sku = w.sku AND s.location_id = :fromLocationId
         AND s.on_hand - s.unsellable - s.reserved - s.allocated >= w.quantity
       RETURNING s.sku, w.quantity
     ), held AS (
       INSERT INTO allocations (key, transfer_id, sku, location_id, quantity, at)
       SELECT CAST(:id AS text) || ':' || sku, :id, sku, :fromLocationId, quantity, :at FROM taken
       RETURNING key, sku, location_id, quantity
     )
     INSERT INTO stock_ledger (key, sku, location_id, cause, allocated, actor, reference, at)
     SELECT 'allocate:' || key, sku, location_id, 'transferRequested', quantity, :actor, :id, :at FROM held
     RETURNING sku`,
    { id, fromLocationId, actor, at, lines: JSON.stringify(input.lines) },
  );
  return new Set(taken.rows.map(({ sku }) => sku));
}

async function whyShort(
  trx: Database,
  { fromLocationId, lines }: RequestTransferInput,
  short: number[],
): Promise<FieldProblem[]> {
  const answer = await trx.raw<{ rows: { sku: string; free: number }[] }>(
    `SELECT sku, on_hand - unsellable - reserved - allocated AS free FROM stock
     WHERE location_id = ? AND sku = ANY (?)`,
    [fromLocationId, short.map((index) => lines[index]!.sku)],
  );
  return short.map((index) => {
    const { sku, quantity } = lines[index]!;
    const free = answer.rows.find((row) => row.sku === sku)?.free ?? 0;
    return {
      pointer: `/lines/${index}/quantity`,
      detail: `Only ${free} of "${sku}" are free at "${fromLocationId}": ${quantity} cannot be sent`,
    };
  });
}
