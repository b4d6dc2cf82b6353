import { createHash } from 'node:crypto';

const names = new Map<string, string>();

/** The name under which a statement is prepared: the same text has the same, in every process. */
export function statementName(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = createHash('sha256').update(sql).digest('base64url').slice(0, 20);
    names.set(sql, name);
  }
  return name;
}
