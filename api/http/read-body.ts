import express, { type Request, type RequestHandler, type Response } from 'express';
import { placeOfJsonError } from '../json-error';
import { badRequest, Problem } from '../problem';

/** Bodies are orders and lists of entries; nothing of that is larger. */
const bodyLimit = '512kb';

const parser: RequestHandler = express.text({ type: () => true, limit: bodyLimit, defaultCharset: 'utf-8' });

/** The body as it came. Throws a problem for what is not JSON by its label, too large or broken. */
export async function readText(req: Request, res: Response, isOptional: boolean): Promise<string> {
  const isEmpty = req.headers['transfer-encoding'] === undefined && !Number(req.headers['content-length']);
  if (isEmpty && isOptional) return '';
  if (!isEmpty && !req.is(['json', '+json']))
    throw wrongContentType('Send JSON, with "Content-Type: application/json"');
  await new Promise<void>((resolve, reject) => {
    parser(req, res, (error?: unknown) => (error ? reject(problemOf(error)) : resolve()));
  });
  return typeof req.body === 'string' ? req.body : '';
}

/** Parses the body; says where it stops being JSON, and repeats nothing of it. */
export function parseJson(text: string, isOptional: boolean): unknown {
  if (text === '' && isOptional) return {};
  try {
    return JSON.parse(text);
  } catch {
    const where = text === '' ? 'it is empty' : `see ${placeOfJsonError(text)}`;
    throw badRequest('invalid-json', 'The body is not JSON', `The body is not JSON: ${where}`);
  }
}

function problemOf(error: unknown): unknown {
  const { type, status } = error as { type?: string; status?: number };
  if (type === 'entity.too.large')
    return new Problem({
      status: 413,
      kind: 'too-large',
      title: 'The body is too large',
      detail: 'At most 512 kB: send long lists in parts',
    });
  if (status === 415) return wrongContentType('Send UTF-8, plain or compressed with gzip, deflate or br');
  if (status === 400)
    return badRequest(
      'broken-body',
      'The body could not be read',
      'It broke off, or is not what its headers say',
    );
  return error;
}

const wrongContentType = (detail: string): Problem =>
  new Problem({
    status: 415,
    kind: 'wrong-content-type',
    title: 'Not a content type that is read here',
    detail,
    headers: { Accept: 'application/json' },
  });
