import { createHash, randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';

/** What the form says, one value a name, without blanks around it. */
export function formOf(req: Request): Record<string, string> {
  const body = (req.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      String(Array.isArray(value) ? value.at(-1) : value).trim(),
    ]),
  );
}

/** Names an effect by what a form was sent with; without that each time is another. */
export const shortKey = (key: string | undefined): string =>
  key === undefined ? randomUUID() : createHash('sha256').update(key).digest('hex').slice(0, 32);

/** U+0000 cannot be stored; no form of ours sends it. */
export const holdsNul = (form: object): boolean =>
  Object.entries(form).some((field) => field.join().includes('\u0000'));

/** What cannot be read, and whoever sent it is told. */
export const unreadable = (): Error => Object.assign(new Error('unreadable'), { status: 400 });

export const refuseNul: RequestHandler = (req, _res, next) =>
  next(req.url.includes('%00') || holdsNul((req.body ?? {}) as object) ? unreadable() : undefined);
