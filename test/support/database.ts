import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { withDatabase } from './engines';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fresh database with the newest schema, for one test file: a copy of the template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(`create database ${name} template ${expectSetting('TEST_TEMPLATE_DATABASE')}`);
  return {
    url: withDatabase(expectSetting('TEST_DATABASE_URL'), name),
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  };
}

/** Where the test run's Temporal server listens. Use a task queue of your own: the server is shared. */
export function testTemporalAddress(): string {
  return expectSetting('TEST_TEMPORAL_ADDRESS');
}

async function onServer(statement: string): Promise<void> {
  const client = new Client({ connectionString: expectSetting('TEST_DATABASE_URL') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function expectSetting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with npm test or npx jest`);
  return value;
}
