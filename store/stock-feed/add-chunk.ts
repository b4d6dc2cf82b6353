import type { Knex } from 'knex';
import type { Database } from '../connect';
import { compared, keep, known } from './chunk-statements';
import type { PackedRows } from './packed-rows';

/** A row that cannot be read; its SKU counts as named. */
export interface UnreadableRow {
  line: number;
  sku: string;
  reason: string;
}

export interface FeedChunk {
  feedId: string;
  /** From 0, in the order of the file. */
  position: number;
  /** All that could be read; where the chunk is known from the feed before, those that may differ from the counters. */
  rows: PackedRows;
  problems: UnreadableRow[];
  /** Where it is whole lines of a CSV file, with nothing where one is no row: kept instead of the lists of rows. */
  text?: FeedText | null;
}

export interface FeedText {
  /** In UTF-8; of each row each cell is what stands there. */
  bytes: Buffer;
  /** Its line in the file, from 1. */
  firstLine: number;
  rows: number;
  /** Where it was read by the feed before: SKUs that it does not name, and that may have stock. */
  gone: string[] | null;
}

/** With what a chunk is compared as it comes. */
export interface FeedComparison {
  locationId: string;
  takenAt: string;
  /** The chunks before went up to this SKU. */
  comparedTo: string;
}

/**
 * Keeps some thousands of rows of a feed that is being received, and compares them with the counters when they follow
 * those of the chunks before: while the next ones are still on their way. Answers whether they are compared: not when
 * they do not follow, or the location has far more in between.
 */
export async function addChunk(
  db: Database,
  chunk: FeedChunk,
  comparison: FeedComparison | null = null,
): Promise<{ isCompared: boolean }> {
  const { feedId, position, problems, text = null } = chunk;
  const { count, lines, skus, quantities, unsellable } = chunk.rows;
  const columns = { lines, skus, quantities, unsellable };
  const kept = { text: text?.bytes ?? null, firstLine: text?.firstLine ?? null, textRows: text?.rows ?? 0 };
  const row = { feedId, position, ...columns, ...kept, problems: JSON.stringify(problems) };
  if (comparison && text?.gone) {
    await ask(db, known, { ...row, ...comparison, gone: text.gone });
    return { isCompared: true };
  }
  if (comparison && count > 0) return keepCompared(db, chunk, { ...row, ...comparison });
  await ask(db, keep, row);
  // Of no rows all is compared.
  return { isCompared: comparison !== null };
}

/**
 * Asks in one round trip, for whoever reads a file has hardly time to listen. Planned anew each time: a location grows a
 * thousandfold while it is fed.
 */
const ask = <T>(db: Database, sql: string, row: Knex.ValueDict) =>
  db.raw<{ rows: T[] }>(sql, row).options({ name: '' });

async function keepCompared(
  db: Database,
  { rows, problems }: FeedChunk,
  row: Knex.ValueDict,
): Promise<{ isCompared: boolean }> {
  const [first, last] = [rows.first.toString(), rows.last.toString()];
  const mostHere = 4 * (rows.count + problems.length) + 1_000;
  const question = { ...row, first, last, mostHere };
  const answer = await ask<{ isCompared: boolean }>(db, compared, question);
  return answer.rows[0]!;
}
