import { JSONParser } from '@streamparser/json';
import type { RawFeedRow } from '../../domain/stock/feed-row';
import { cutFeed, unreadableFeed } from './unreadable';

/** The rows of a JSON list of objects, counted from 1, without ever holding the list. */
export async function* readJson(text: AsyncIterable<string>): AsyncGenerator<RawFeedRow[]> {
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let rows: RawFeedRow[] = [];
  let count = 0;
  let isList = false;
  let isEnded = false;
  let failure: unknown = null;
  parser.onValue = ({ value, parent }) => {
    count += 1;
    isList ||= Array.isArray(parent);
    rows.push(rowOf(count, value));
  };
  parser.onEnd = () => (isEnded = true);
  parser.onError = (error) => (failure = error);
  for await (const piece of text) {
    try {
      if (piece !== '' && !(isEnded && piece.trim() === '')) parser.write(piece);
    } catch (error) {
      failure = error;
    }
    if (failure !== null)
      throw unreadableFeed(`It is not JSON after entry ${count}`, 'send a list of objects');
    if (rows.length > 0 && !isList) throw notList();
    yield rows;
    rows = [];
  }
  if (!isEnded) throw cutFeed(`The list has no end after entry ${count}`);
  if (count === 0) throw notList();
}

const notList = () =>
  unreadableFeed('It is not a list with entries', 'send [{ "sku": "…", "quantity": 1 }, …]');

/** The rows of JSON objects, one a line. A line that is no object spoils itself, a last one without end the file. */
export async function* readJsonLines(text: AsyncIterable<string>): AsyncGenerator<RawFeedRow[]> {
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    if (rest.length > longestLine)
      throw unreadableFeed(`Line ${line + lines.length + 1} has no end`, 'end it');
    const rows: RawFeedRow[] = [];
    for (const each of lines) {
      line += 1;
      if (each.trim() !== '') rows.push(rowOf(line, valueOf(each)));
    }
    yield rows;
  }
  if (rest.trim() === '') return;
  const last = valueOf(rest);
  if (last === undefined) throw cutFeed(`Line ${line + 1}, the last, is no JSON`);
  yield [rowOf(line + 1, last)];
}

const longestLine = 65_536;

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function rowOf(line: number, value: unknown): RawFeedRow {
  if (value === null || typeof value !== 'object')
    return { line, sku: '', quantity: undefined, unsellable: undefined };
  const { sku, quantity, unsellable } = value as Record<string, unknown>;
  return { line, sku, quantity, unsellable };
}
