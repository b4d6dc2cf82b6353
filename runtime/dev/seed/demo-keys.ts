import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createApiKey, hashApiKey } from '../../../api/key-hash';
import { roles, type ApiKey, type Role } from '../../../domain/access';

export type DemoKeys = Record<Role, string>;

/** Whoever tries the demo as store staff works in one store. */
const boundTo: Partial<Record<Role, string>> = { store: 'milano-store' };

export const demoKeysFile = (home: string): string => path.join(home, 'demo-keys.json');

/**
 * One API key a role, for people and scripts on this machine. Made at the first start and kept: what was noted
 * down stays true. Only their hashes go to the database.
 */
export async function saveDemoKeys(
  home: string,
  pepper: string,
  saveKey: (key: ApiKey) => Promise<void>,
): Promise<DemoKeys> {
  const known = readKnown(home);
  const keys = Object.fromEntries(roles.map((role) => [role, known[role] ?? createApiKey(role)])) as DemoKeys;
  for (const role of roles) {
    const keyHash = hashApiKey(pepper, keys[role]);
    await saveKey({
      id: `demo-${role}`,
      role,
      name: `Demo ${role}`,
      keyHash,
      boundTo: boundTo[role] ?? null,
    });
  }
  writeKeys(home, keys);
  return keys;
}

function readKnown(home: string): Partial<DemoKeys> {
  const file = demoKeysFile(home);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoKeys>) : {};
}

/** Moved into place whole: a start that is killed here leaves the old file or the new one. */
function writeKeys(home: string, keys: DemoKeys): void {
  mkdirSync(home, { recursive: true });
  const draft = `${demoKeysFile(home)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, demoKeysFile(home));
}
