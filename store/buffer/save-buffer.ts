import type { Knex } from 'knex';
import type { CommandResult, FieldProblem } from '../../domain/commands';
import type { ChannelBuffer } from '../../domain/stock/channel-buffer';
import type { Database } from '../connect';
import type { Precondition } from '../precondition';
import { inTransaction } from '../transaction';
import { scopeOf, viewOf, type BufferRow, type BufferView } from './buffer-row';
import { beginBufferChange, serveWaiting } from './change-buffers';

export type SaveBufferResult =
  | Extract<CommandResult<{ id: string }>, { outcome: 'done' | 'invalid' }>
  /** Another buffer has this scope. */
  | { outcome: 'taken'; by: string };

/** Creates a channel buffer or replaces it whole; where it keeps back less, waiting lines are served. */
export async function saveBuffer(
  db: Database,
  buffer: ChannelBuffer,
  by: { actor: string; at: string },
  mayChange?: Precondition<BufferView>,
): Promise<SaveBufferResult> {
  return inTransaction(db, async (trx) => {
    await beginBufferChange(trx);
    const before = await trx<BufferRow>('channel_buffers').where({ id: buffer.id }).first();
    mayChange?.(before ? viewOf(before) : null);
    const problems = await whatIsUnknown(trx, buffer);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    const other = await findOther(trx, buffer);
    if (other) return { outcome: 'taken', by: other.id };
    await trx('channel_buffers').insert(rowOf(buffer, by)).onConflict('id').merge();
    const signals = await serveWaiting(trx, before ? [buffer, scopeOf(before)] : [buffer], by.at);
    return { outcome: 'done', value: { id: buffer.id }, signals };
  });
}

const rowOf = (buffer: ChannelBuffer, by: { actor: string; at: string }) => ({
  id: buffer.id,
  channel: buffer.channel ?? null,
  location_id: buffer.locationId ?? null,
  category: buffer.category ?? null,
  sku: buffer.sku ?? null,
  pieces: buffer.pieces,
  updated_at: by.at,
  updated_by: by.actor,
});

async function findOther(trx: Knex.Transaction, buffer: ChannelBuffer): Promise<BufferRow | undefined> {
  const { channel, location_id, category, sku } = rowOf(buffer, { actor: '', at: '' });
  return trx<BufferRow>('channel_buffers')
    .whereNot('id', buffer.id)
    .whereRaw('(channel, location_id, category, sku) IS NOT DISTINCT FROM (?, ?, ?, ?)', [
      channel,
      location_id,
      category,
      sku,
    ] as string[])
    .first();
}

const known = [
  ['channel', 'channels', 'code', 'channel has the code'],
  ['locationId', 'locations', 'id', 'location has the id'],
  ['sku', 'products', 'sku', 'product has the SKU'],
] as const;

async function whatIsUnknown(trx: Knex.Transaction, buffer: ChannelBuffer): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  for (const [field, table, column, what] of known) {
    const value = buffer[field];
    if (value !== undefined && !(await trx(table).where(column, value).first(column)))
      problems.push({ pointer: `/${field}`, detail: `No ${what} "${value}"` });
  }
  return problems;
}
