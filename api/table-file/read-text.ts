import { TextDecoder } from 'node:util';
import { encodingOf } from '../feed-file/decode-text';
import type { Upload } from '../operation';
import { invalidInput } from '../problem';
import { wrongFile } from './place';

const lineFeed = 10;

/**
 * The text of a file that is held whole: in UTF-8, or in UTF-16 that begins with its mark. Throws a problem that names
 * the line that is something else.
 */
export async function readText(upload: Upload, mostBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of upload.pieces) {
    bytes += piece.length;
    if (bytes > mostBytes)
      throw refusal(`It is too long: send at most ${mostBytes.toLocaleString('en-GB')} bytes`);
    pieces.push(piece);
  }
  const whole = Buffer.concat(pieces);
  const encoding = encodingOf(whole);
  const text = decode(whole, encoding);
  if (text !== null && !text.includes('\0')) return text;
  if (encoding !== 'utf-8') throw refusal('It is not UTF-16, as its first bytes say: save it as UTF-8');
  throw refusal(`Line ${firstUnreadable(whole)} is not UTF-8: save the file as "CSV UTF-8"`);
}

const refusal = (detail: string) => invalidInput([wrongFile(detail)]);

function decode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function firstUnreadable(whole: Buffer): number {
  for (let line = 1, at = 0; ; line += 1) {
    const end = whole.indexOf(lineFeed, at);
    const text = decode(whole.subarray(at, end < 0 ? whole.length : end), 'utf-8');
    if (end < 0 || text === null || text.includes('\0')) return line;
    at = end + 1;
  }
}
