import type { Request } from 'express';

export type Query = Record<string, string>;

/** The named parameters that say something; empty form fields say nothing. */
export function queryOf(req: Request, names: readonly string[]): Query {
  const found = names.map((name) => [name, textOf(req.query[name])] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== ''));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** As it stands behind an address: whoever changes a row is left where they were. */
export const whereOf = (query: Query): string => urlWith('', query);

export function urlWith(path: string, query: Query): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}
