import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { Request, RequestHandler } from 'express';
import { piecesOf } from '../api/http/upload';
import type { Upload } from '../api/operation';
import { holdsNul, unreadable } from './form';

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
  const parser = openParser(req, type);
  if (!parser) return next(unreadable());
  const fields: Record<string, string> = {};
  let isHanded = false;
  const hand = (error?: unknown): void => {
    if (isHanded) return;
    isHanded = true;
    req.body = fields;
    next(error ?? (holdsNul(fields) ? unreadable() : undefined));
  };
  parser.on('field', (name, value) => {
    fields[name] = value;
  });
  parser.on('file', (_name, file, fileName) => {
    const ending = fileName?.split('.').at(-1)?.toLowerCase() ?? '';
    const body = untilItBreaks(req, file as Readable);
    res.locals.upload = {
      mediaType: mediaTypes[ending] ?? 'text/csv',
      pieces: piecesOf(req, body),
    } satisfies Upload;
    // Whatever is not read is passed over, so that the answer arrives.
    res.on('close', () => body.resume());
    hand();
  });
  parser.on('finish', () => hand());
  parser.on('error', () => hand(unreadable()));
  req.on('close', () => void (req.complete || hand(unreadable())));
  req.pipe(parser);
};

/** Null for a form that does not say where its parts end. */
function openParser(req: Request, type: string): InstanceType<typeof Busboy> | null {
  try {
    return new Busboy({
      headers: { ...req.headers, 'content-type': type },
      limits: { fields: 20, files: 1 },
    });
  } catch {
    return null;
  }
}

/** A file may break off before anybody reads it, or while somebody does: whoever reads hears of it. */
function untilItBreaks(req: Request, file: Readable): Readable {
  file.on('error', (error) => file.destroy(error));
  req.on('close', () => void (req.complete || file.destroy(new Error('aborted'))));
  return file;
}
