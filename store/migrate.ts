import { migrationSource } from '../migrations';
import { connect } from './connect';

/** Brings a database to the newest schema. Safe to run at the same time from several places. */
export async function migrate(databaseUrl: string): Promise<void> {
  const db = connect(databaseUrl, 2);
  try {
    await db.migrate.latest({ migrationSource, tableName: 'schema_migrations' });
  } finally {
    await db.destroy();
  }
}
