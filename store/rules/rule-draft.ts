import type { RuleSet } from '../../domain/rules/types';
import type { Database } from '../connect';

/** Sourcing rules that are being worked on; no order follows them. */
export interface RuleDraft {
  rules: RuleSet;
  updatedAt: string;
  updatedBy: string;
}

/** Null as long as nobody has written one. */
export async function findRuleDraft(db: Database): Promise<RuleDraft | null> {
  const row = await db('rule_draft').first('rules', 'updated_at', 'updated_by');
  if (!row) return null;
  return { rules: row.rules, updatedAt: row.updated_at.toISOString(), updatedBy: row.updated_by };
}

/** Replaces the draft whole. */
export async function saveRuleDraft(
  db: Database,
  rules: RuleSet,
  by: { actor: string; at: string },
): Promise<RuleDraft> {
  await db('rule_draft')
    .insert({ rules: JSON.stringify(rules), updated_at: by.at, updated_by: by.actor })
    .onConflict('is_only')
    .merge();
  return { rules, updatedAt: new Date(by.at).toISOString(), updatedBy: by.actor };
}
