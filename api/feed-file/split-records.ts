import { cutFeed, unreadableFeed } from './unreadable';

export interface TextRecord {
  text: string;
  /** Where it begins, from 1. */
  line: number;
  hasQuotes: boolean;
  /** False of a last one that the file does not end. */
  isEnded: boolean;
}

const longestRecord = 65_536;

/**
 * Cuts text into the records of CSV (RFC 4180): a line break inside of quotes does not end one. Lines end with LF, CRLF
 * or CR LF cut apart by pieces. Throws a problem when the text ends inside of quotes, or a record has no end.
 */
export async function* splitRecords(pieces: AsyncIterable<string>): AsyncGenerator<TextRecord[]> {
  let rest = '';
  let line = 1;
  /** A record that began on an earlier line, inside of quotes. */
  let open: { text: string; line: number } | null = null;
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    const records: TextRecord[] = [];
    for (const each of lines) {
      const text: string = open ? `${open.text}\n${each}` : each;
      const begin: number = open?.line ?? line;
      line += 1;
      const hasQuotes = text.includes('"');
      open = hasQuotes && isInsideQuotes(text) ? { text, line: begin } : null;
      if (!open) records.push({ text: withoutReturn(text), line: begin, hasQuotes, isEnded: true });
    }
    yield records;
    if (rest.length + (open?.text.length ?? 0) > longestRecord)
      throw unreadableFeed(
        `The row that begins on line ${open?.line ?? line} has no end`,
        'check its quotes',
      );
  }
  const text = open ? `${open.text}\n${rest}` : rest;
  const begin = open?.line ?? line;
  const hasQuotes = text.includes('"');
  if (hasQuotes && isInsideQuotes(text)) throw cutFeed(`The quote that opens on line ${begin} is not closed`);
  if (text !== '') yield [{ text: withoutReturn(text), line: begin, hasQuotes, isEnded: false }];
}

const isInsideQuotes = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);
