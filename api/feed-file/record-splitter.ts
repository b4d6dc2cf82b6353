import { cutFeed, unreadableFeed } from './unreadable';

export interface TextRecord {
  text: string;
  /** Where it begins, from 1. */
  line: number;
  hasQuotes: boolean;
  /** False of a last one that the file does not end. */
  isEnded: boolean;
}

interface Reader {
  onRecord(record: TextRecord): void;
  /**
   * Takes as many records as it can from a place where one begins, on a line; answers where it stopped: at the end of a
   * line that it took, or where it began. What it leaves is a record.
   */
  takePlain(text: string, at: number, line: number): { at: number; line: number };
}

const longestRecord = 65_536;

/**
 * Cuts text that comes in pieces into the records of CSV (RFC 4180): a line break inside of quotes does not end one.
 * Lines end with LF, CRLF or CR LF cut apart by pieces. Throws a problem when the text ends inside of quotes, or a
 * record has no end.
 */
export function createRecordSplitter({ onRecord, takePlain }: Reader) {
  let rest = '';
  let line = 1;
  /** A record that began on an earlier line, inside of quotes. */
  let open: { text: string; line: number } | null = null;

  function takeLine(each: string): void {
    const text = open ? `${open.text}\n${each}` : each;
    const begin = open?.line ?? line;
    line += 1;
    const hasQuotes = text.includes('"');
    open = hasQuotes && isInsideQuotes(text) ? { text, line: begin } : null;
    if (!open) onRecord({ text: withoutReturn(text), line: begin, hasQuotes, isEnded: true });
  }

  return {
    /** The line at which a record begins; null within one. */
    beginsAt: (): number | null => (open === null && rest === '' ? line : null),

    /** Lines that somebody else took. */
    pass(lines: number): void {
      line += lines;
    },

    write(piece: string): void {
      const text = rest + piece;
      let at = 0;
      for (;;) {
        if (!open) ({ at, line } = takePlain(text, at, line));
        const end = text.indexOf('\n', at);
        if (end < 0) break;
        takeLine(text.slice(at, end));
        at = end + 1;
      }
      rest = text.slice(at);
      if (rest.length + (open?.text.length ?? 0) > longestRecord)
        throw unreadableFeed(
          `The row that begins on line ${open?.line ?? line} has no end`,
          'check its quotes',
        );
    },

    end(): void {
      const text = open ? `${open.text}\n${rest}` : rest;
      const begin = open?.line ?? line;
      const hasQuotes = text.includes('"');
      if (hasQuotes && isInsideQuotes(text))
        throw cutFeed(`The quote that opens on line ${begin} is not closed`);
      if (text !== '') onRecord({ text: withoutReturn(text), line: begin, hasQuotes, isEnded: false });
    },
  };
}

const isInsideQuotes = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);
