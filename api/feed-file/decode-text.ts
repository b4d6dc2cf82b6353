import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { unreadableFeed } from './unreadable';

/** The text of a file, a piece at a time, as `createTextDecoder` reads it. */
export async function* decodeText(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = createTextDecoder();
  for await (const piece of source) yield decoder.write(piece);
  yield decoder.end();
}

/**
 * Reads the bytes of a file in UTF-8, or in UTF-16 that begins with its mark, piece by piece.
 * Throws a problem that says near which byte it is something else, and where it is no text at all.
 */
export function createTextDecoder() {
  let decoder: TextDecoder | null = null;
  let head: Buffer = Buffer.alloc(0);
  let bytes = 0;
  /** Of UTF-8: no character is cut by the end of what was read. */
  let isBetween = true;

  return {
    /** Whether a piece is whole characters of UTF-8: until something else comes, ASCII is that too. */
    isOfUtf8: (piece: Buffer): boolean =>
      bytes > 0 && isBetween && (!decoder || decoder.encoding === 'utf-8') && isUtf8(piece),

    /** Passes over a piece that is that. */
    skip(piece: Buffer): void {
      bytes += piece.length;
    },

    write(piece: Buffer): string {
      // The mark is at most three bytes; a first piece may be shorter.
      head = bytes > 0 ? piece : Buffer.concat([head, piece]);
      if (head.length < 3 && bytes === 0) return '';
      const at = bytes;
      bytes += head.length;
      isBetween = head.at(-1)! < 0x80;
      // No character is cut by the end of a piece of ASCII.
      if (!decoder && isAscii(head)) return readable(head.toString('latin1'));
      decoder ??= createDecoder(head, at === 0);
      return readable(decode(decoder, head, at, true));
    },

    end(): string {
      if (decoder) return decode(decoder, Buffer.alloc(0), bytes, false);
      return bytes === 0 ? readable(decode(createDecoder(head, true), head, bytes, false)) : '';
    },
  };
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
