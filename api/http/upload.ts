import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request } from 'express';
import type { Upload } from '../operation';
import { badRequest, Problem } from '../problem';

const decompressors = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress };
/** Of what is unpacked: some tens of millions of rows, and an end to what unpacks without one. */
const mostBytes = 2 ** 31;

/** The body as a stream. Throws a problem for another media type or compression than is read here. */
export function openUpload(req: Request, mediaTypes: readonly string[]): Upload {
  const mediaType = mediaTypes.find((type) => req.is(type));
  if (mediaType === undefined)
    throw wrongType(`Send ${mediaTypes.join(', ')} and say so in Content-Type`, mediaTypes);
  const encoding = req.get('Content-Encoding') ?? 'identity';
  const decompress = Object.hasOwn(decompressors, encoding)
    ? decompressors[encoding as keyof typeof decompressors]
    : undefined;
  if (encoding !== 'identity' && !decompress)
    throw wrongType('Send it plain, or compressed with gzip, deflate or br', mediaTypes);
  const body: Readable = decompress ? req.pipe(decompress()) : req;
  if (body !== req) req.on('close', () => void (req.complete || body.destroy(new Error('aborted'))));
  // It may break before anybody reads; who reads then hears of it.
  body.on('error', () => undefined);
  return { mediaType, pieces: piecesOf(req, body) };
}

/** Whoever stops reading leaves the rest to be passed over, so that the sender hears why. */
export async function* piecesOf(req: Request, body: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      if (bytes > mostBytes) throw tooLarge();
      yield piece;
    }
  } catch (error) {
    throw error instanceof Problem ? error : brokenOff();
  } finally {
    req.unpipe();
    req.resume();
  }
}

const brokenOff = () =>
  badRequest('broken-body', 'The body could not be read', 'It broke off, or is not what its headers say');

const tooLarge = () =>
  new Problem({ status: 413, kind: 'too-large', title: 'The body is too large', detail: 'At most 2 GB' });

const wrongType = (detail: string, mediaTypes: readonly string[]) =>
  new Problem({
    status: 415,
    kind: 'wrong-content-type',
    title: 'Not a content type that is read here',
    detail,
    headers: { Accept: mediaTypes.join(', ') },
  });
