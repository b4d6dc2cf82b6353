import { createHash, randomUUID } from 'node:crypto';
import type { Request } from 'express';

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
