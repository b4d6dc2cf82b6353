import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { RequestHandler } from 'express';
import type { Upload } from '../api/operation';

const mediaTypes: Record<string, string> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};

/**
 * Reads the fields of a form with a file, up to the file: that comes last and is left to be read as it comes. Its kind
 * is told by its name; what is not JSON is taken to be CSV.
 */
export const readFormWithFile: RequestHandler = (req, res, next) => {
  const type = req.get('Content-Type') ?? '';
  if (!type.startsWith('multipart/form-data')) return next();
  const fields: Record<string, string> = {};
  const parser = new Busboy({
    headers: { ...req.headers, 'content-type': type },
    limits: { fields: 20, files: 1 },
  });
  let isHanded = false;
  const hand = (error?: unknown): void => {
    if (isHanded) return;
    isHanded = true;
    req.body = fields;
    next(error);
  };
  parser.on('field', (name, value) => {
    fields[name] = value;
  });
  parser.on('file', (_name, file, fileName) => {
    const ending = fileName?.split('.').at(-1)?.toLowerCase() ?? '';
    res.locals.upload = { mediaType: mediaTypes[ending] ?? 'text/csv', pieces: file } satisfies Upload;
    // Whatever is not read is passed over, so that the answer arrives.
    res.on('close', () => (file as Readable).resume());
    hand();
  });
  parser.on('finish', () => hand());
  parser.on('error', (error) => hand(Object.assign(error as Error, { status: 400 })));
  req.pipe(parser);
};
