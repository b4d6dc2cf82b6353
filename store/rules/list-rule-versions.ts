import type { Database } from '../connect';
import { pageOf, type Page } from '../page';
import type { RuleVersion } from './rule-version';

/** Published versions, the newest first. */
export async function listRuleVersions(
  db: Database,
  input: { after?: number; limit: number },
): Promise<Page<Omit<RuleVersion, 'rules'>, number>> {
  const query = db('rule_versions')
    .orderBy('number', 'desc')
    .limit(input.limit + 1)
    .select('number', 'note', 'published_at', 'published_by');
  if (input.after !== undefined) void query.where('number', '<', input.after);
  const rows = await query;
  const versions = rows.map((row) => ({
    number: row.number,
    note: row.note,
    publishedAt: row.published_at.toISOString(),
    publishedBy: row.published_by,
  }));
  return pageOf(versions, input.limit, ({ number }) => number);
}
