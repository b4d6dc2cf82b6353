import type { RuleSet } from '../../domain/rules/types';
import type { Database } from '../connect';

/** Sourcing rules that were published: they never change. */
export interface RuleVersion {
  number: number;
  rules: RuleSet;
  note: string;
  publishedAt: string;
  publishedBy: string;
}

interface Row {
  key: string;
  number: number;
  rules: RuleSet;
  note: string;
  published_at: Date;
  published_by: string;
}

const versionOf = (row: Row): RuleVersion => ({
  number: row.number,
  rules: row.rules,
  note: row.note,
  publishedAt: row.published_at.toISOString(),
  publishedBy: row.published_by,
});

export async function findRuleVersion(db: Database, number: number): Promise<RuleVersion | null> {
  const row = await db<Row>('rule_versions').where({ number }).first();
  return row ? versionOf(row) : null;
}

/** The version in force: orders that begin now keep it. Null as long as nothing was published. */
export async function findRulesInForce(db: Database): Promise<RuleVersion | null> {
  const row = await db<Row>('rule_versions').orderBy('number', 'desc').first();
  return row ? versionOf(row) : null;
}

/** The request's own version, when it was published already. */
export async function findRuleVersionByKey(db: Database, key: string): Promise<RuleVersion | null> {
  const row = await db<Row>('rule_versions').where({ key }).first();
  return row ? versionOf(row) : null;
}
