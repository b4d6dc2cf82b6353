import { placeOfJsonError } from '../../api/json-error';
import { lineOfPointer } from '../../api/json-lines';
import { invalidInput } from '../../api/problem';
import type { ConsoleDependencies } from '../dependencies';

/** What was typed, as JSON; tells where it is none. */
export function parsed(text: string): Record<string, unknown> {
  const rules = parse(text);
  if (rules === null) throw invalidInput([{ pointer: '', detail: notJson(text) }]);
  return rules;
}

const notJson = (text: string): string => `This is no JSON object: look at ${placeOfJsonError(text)}`;

export function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** What is wrong, with the line on which it stands. */
export async function problemsIn(
  text: string,
  findProblems: ConsoleDependencies['services']['rules']['findProblems'],
): Promise<{ pointer: string; detail: string; line: number; excerpt: string }[]> {
  const rules = parse(text);
  if (rules === null) {
    const line = Number(/line (\d+)/.exec(placeOfJsonError(text))![1]);
    return [{ pointer: '', detail: notJson(text), line, excerpt: excerptOf(text, line) }];
  }
  return shownIn(text, await findProblems({ ...rules, version: 'draft' }));
}

export function shownIn(text: string, found: readonly { pointer: string; detail: string }[]) {
  return found.map(({ pointer, detail }) => {
    const line = lineOfPointer(text, pointer);
    return { pointer, detail, line, excerpt: excerptOf(text, line) };
  });
}

const excerptOf = (text: string, line: number): string => (text.split('\n')[line - 1] ?? '').trim();
