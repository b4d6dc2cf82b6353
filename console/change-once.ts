import { createHash } from 'node:crypto';
import { executeOnce, type Claims } from '../api/http/idempotent';
import type { Upload } from '../api/operation';
import { mostTableBytes } from '../api/table-file/read-table';
import type { Landing, Visit } from './visit';

/** What came of a form that was sent before: where that led to. */
export type SentBefore = Pick<Landing, 'url'> & { view?: undefined };

/**
 * Does what a form asks once for all times that it is sent, its answer lost or its button pressed twice: who saves what
 * they saw would hear of their own change as of somebody else's. The same form with other fields or another file is
 * another intent. What was refused may be sent again, as is a file that is longer than any that is taken.
 */
export async function changeOnce(
  claims: Claims,
  visit: Visit,
  perform: (visit: Visit) => Promise<Landing>,
): Promise<Landing | SentBefore> {
  const intent = await intentOf(visit);
  if (intent === null) return perform(visit);
  let landing: Landing | undefined;
  const request = { principal: visit.principal.id, key: `form:${intent}`, operation: 'form', body: null };
  const { answer } = await executeOnce(claims, request, async () => {
    landing = await perform(visit);
    return { status: 303, body: { url: landing.url } };
  });
  return landing ?? (JSON.parse(String(answer.body)) as SentBefore);
}

/** Null: it cannot be told from another. */
async function intentOf({ form, req, res }: Visit): Promise<string | null> {
  const { csrf: _csrf, ...fields } = form;
  if (fields.formKey === undefined) return null;
  const intent = createHash('sha256').update(JSON.stringify([req.originalUrl, fields]));
  const upload = res.locals.upload as Upload | undefined;
  if (upload) {
    const { ahead, pieces } = await readAhead(upload.pieces);
    for (const piece of ahead) intent.update(piece);
    res.locals.upload = { ...upload, pieces } satisfies Upload;
  }
  return intent.digest('base64url');
}

async function readAhead(pieces: AsyncIterable<Buffer>) {
  const ahead: Buffer[] = [];
  const all = pieces[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => all };
  for (let bytes = 0; bytes <= mostTableBytes;) {
    const { done, value } = await all.next();
    if (done) break;
    ahead.push(value);
    bytes += value.length;
  }
  async function* again(): AsyncGenerator<Buffer> {
    yield* ahead;
    yield* rest;
  }
  return { ahead, pieces: again() };
}
