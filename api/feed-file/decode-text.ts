import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { unreadableFeed } from './unreadable';

/**
 * The text of a file in UTF-8, or in UTF-16 that begins with its mark; a piece at a time.
 * Throws a problem that says near which byte it is something else, and where it is no text at all.
 */
export async function* decodeText(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head: Buffer = Buffer.alloc(0);
  let bytes = 0;
  for await (const piece of source) {
    // The mark is at most three bytes; a first piece may be shorter.
    head = bytes > 0 ? piece : Buffer.concat([head, piece]);
    if (head.length < 3 && bytes === 0) continue;
    // Until something else comes ASCII is what it is, and no character is cut by the end of a piece.
    if (!decoder && isAscii(head)) yield readable(head.toString('latin1'));
    else {
      decoder ??= createDecoder(head, bytes === 0);
      yield readable(decode(decoder, head, bytes, true));
    }
    bytes += head.length;
  }
  if (decoder) yield decode(decoder, Buffer.alloc(0), bytes, false);
  else if (bytes === 0) yield readable(decode(createDecoder(head, true), head, bytes, false));
}

function readable(text: string): string {
  if (text.includes('\u0000'))
    throw unreadableFeed(
      'It has zero bytes, as UTF-16 without its byte order mark has, or a file that is no text',
      'save it as CSV in UTF-8',
    );
  return text;
}

function createDecoder(head: Buffer, isBegin: boolean): TextDecoder {
  // In the middle of a text there is no mark, whatever the bytes.
  return new TextDecoder(isBegin ? encodingOf(head) : 'utf-8', { fatal: true, ignoreBOM: !isBegin });
}

/** By the mark that a text may begin with. */
export function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function decode(decoder: TextDecoder, piece: Buffer, at: number, more: boolean): string {
  try {
    return decoder.decode(piece, { stream: more });
  } catch {
    throw unreadableFeed(
      `It is not ${decoder.encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'} between the bytes ${at} and ${at + piece.length}`,
      'save it as UTF-8, or as UTF-16 with its byte order mark',
    );
  }
}
