import type { Upload } from '../../../api/operation';

/** A file as a form or a request hands it over. */
export const csvUpload = (content: string | Buffer): Upload => ({
  mediaType: 'text/csv',
  pieces: piecesOf(Buffer.from(content)),
});

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  const middle = Math.floor(bytes.length / 2);
  yield await Promise.resolve(bytes.subarray(0, middle));
  yield bytes.subarray(middle);
}
