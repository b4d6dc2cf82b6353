import { JSONParser } from '@streamparser/json';
import { feedFields } from '../../domain/stock/feed-header';
import type { RawFeedRow } from '../../domain/stock/feed-row';
import type { FeedRows } from './feed-rows';
import { cutFeed, unreadableFeed } from './unreadable';

/** Puts the rows of a JSON list of objects, counted from 1, where they belong without ever holding the list. */
export async function* readJson(text: AsyncIterable<string>, rows: FeedRows): AsyncGenerator<void> {
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false });
  let count = 0;
  let isList = false;
  let isEnded = false;
  let failure: unknown = null;
  parser.onValue = ({ value, parent }) => {
    count += 1;
    isList ||= Array.isArray(parent);
    // Told below, once the piece was read: that it is no list.
    if (isList) rows.add(rowOf(count, value));
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
    if (count > 0 && !isList) throw notList();
    yield;
  }
  if (!isEnded) throw cutFeed(`The list has no end after entry ${count}`);
  if (count === 0) throw notList();
}

const notList = () =>
  unreadableFeed('It is not a list with entries', 'send [{ "sku": "…", "quantity": 1 }, …]');

/** Puts JSON objects, one a line, where they belong. A line that is no object spoils itself, a last one without end the file. */
export async function* readJsonLines(text: AsyncIterable<string>, rows: FeedRows): AsyncGenerator<void> {
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    if (rest.length > longestLine)
      throw unreadableFeed(`Line ${line + lines.length + 1} has no end`, 'end it');
    for (const each of lines) {
      line += 1;
      if (each.trim() !== '') rows.add(rowOf(line, valueOf(each)));
    }
    yield;
  }
  if (rest.trim() === '') return;
  const last = valueOf(rest);
  if (last === undefined) throw cutFeed(`Line ${line + 1}, the last, is no JSON`);
  rows.add(rowOf(line + 1, last));
  yield;
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
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { line, sku: '', quantity: undefined, unsellable: undefined, fault: 'It is no JSON object' };
  const { sku, quantity, unsellable } = value as Record<string, unknown>;
  const stranger = Object.keys(value).find((name) => !feedFields.includes(name));
  if (stranger === undefined) return { line, sku, quantity, unsellable };
  const fault = `There is no field "${stranger.slice(0, 40)}" in a feed, but ${feedFields.join(', ')}`;
  return { line, sku, quantity, unsellable, fault };
}
