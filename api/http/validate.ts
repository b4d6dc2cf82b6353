import type { z } from 'zod';
import { fieldWords } from '../field-words';
import { invalidInput, type FieldError } from '../problem';
import { fitsNone, wordsOfIssue } from './issue-words';

/** Checks one part of a request against the contract; throws a problem that points at every bad field. */
export function validate<T>(schema: z.ZodType<T> | undefined, value: unknown, where?: FieldError['in']): T {
  if (!schema) return undefined as T;
  const checked = schema.safeParse(value, { error: wordsOfIssue });
  if (checked.success) return checked.data;
  throw invalidInput(checked.error.issues.flatMap((issue) => errorsOf(issue, where)));
}

const mostErrors = 50;

function errorsOf(issue: z.core.$ZodIssue, where: FieldError['in']): FieldError[] {
  const at = (path: readonly PropertyKey[], detail: string): FieldError => ({
    pointer: jsonPointer(path),
    detail,
    ...(where && { in: where }),
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, mostErrors).map((key) => at([...issue.path, key], fieldWords.unknown));
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && issue.message === fitsNone) {
    const last = issue.errors.at(-1)!;
    return last.flatMap((inner) => errorsOf({ ...inner, path: [...issue.path, ...inner.path] }, where));
  }
  return [at(issue.path, issue.message)];
}

/** JSON pointer (RFC 6901). */
export const jsonPointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).slice(0, 200).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
