import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { createApiKey, hashApiKey } from '../../api/key-hash';
import { roles, type Role } from '../../domain/access';
import { findChannel } from '../../store/catalogue/find-channel';
import { findLocation } from '../../store/catalogue/find-location';
import { connect, type Database } from '../../store/connect';
import { revokeKey } from '../../store/keys/revoke-key';
import { saveKey } from '../../store/keys/save-key';
import { carrierCodes } from '../carrier-codes';
import { configOrExit } from '../config';

const help = `Makes and revokes API keys.

  create <role> <name> [--bound-to <code>]   a key for ${roles.join(', ')};
                                             bound to one channel, carrier or location (roles channel, carrier,
                                             warehouse, store)
  revoke <id>                                takes a key out of use
`;

async function run(db: Database, secret: string): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'bound-to': { type: 'string' } },
  });
  const [command, subject, name] = positionals;
  if (command === 'create' && subject && name)
    return create(db, secret, roleOf(subject), name, values['bound-to'] ?? null);
  if (command === 'revoke' && subject) return revoke(db, subject);
  throw new Error(help);
}

function roleOf(text: string): Role {
  const role = roles.find((each) => each === text);
  if (!role) throw new Error(`There is no role "${text}"; there are ${roles.join(', ')}`);
  return role;
}

/** The key is shown once, here; the database has its hash alone. */
async function create(
  db: Database,
  secret: string,
  role: Role,
  name: string,
  boundTo: string | null,
): Promise<string> {
  if (boundTo !== null && !['channel', 'carrier', 'warehouse', 'store'].includes(role))
    throw new Error('Only keys of the roles channel, carrier, warehouse and store can be bound to one');
  if (boundTo !== null) await refuseUnknown(db, role, boundTo);
  const id = `key_${randomBytes(6).toString('hex')}`;
  const key = createApiKey(role);
  await saveKey(db, { id, role, name, keyHash: hashApiKey(secret, key), boundTo });
  return `${JSON.stringify({ id, role, name, boundTo, key })}\n`;
}

/** A key that is bound to nothing that is there opens nothing, and nobody would be told why. */
async function refuseUnknown(db: Database, role: Role, boundTo: string): Promise<void> {
  if (role === 'carrier') {
    if (carrierCodes.some((code) => code === boundTo)) return;
    throw new Error(`There is no carrier "${boundTo}"; there are ${carrierCodes.join(', ')}`);
  }
  const found = await (role === 'channel' ? findChannel(db, boundTo) : findLocation(db, boundTo));
  if (!found)
    throw new Error(`There is no ${role === 'channel' ? 'channel' : 'location'} "${boundTo}": save it first`);
}

async function revoke(db: Database, id: string): Promise<string> {
  const { outcome } = await revokeKey(db, id);
  if (outcome === 'unknown') throw new Error(`There is no key "${id}"`);
  return `${JSON.stringify({ id, outcome })}\n`;
}

async function main(): Promise<void> {
  const { databaseUrl, secret } = configOrExit();
  const db = connect(databaseUrl, 2);
  try {
    process.stdout.write(await run(db, secret));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    await db.destroy();
  }
}

void main();
