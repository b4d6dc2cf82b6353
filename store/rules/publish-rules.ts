import type { RuleSet } from '../../domain/rules/types';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { findRuleVersionByKey, type RuleVersion } from './rule-version';

export interface PublishRules {
  /** Names the request: asked again, the version that it brought is answered. */
  key: string;
  rules: RuleSet;
  note: string;
  actor: string;
  at: string;
}

/**
 * Puts rules into force as the next version. Publishing goes one by one, so that versions are numbered without
 * gaps. Orders that have begun keep the version they began with.
 */
export async function publishRules(db: Database, input: PublishRules): Promise<RuleVersion> {
  return inTransaction(db, async (trx) => {
    await trx.raw('LOCK TABLE rule_versions IN SHARE ROW EXCLUSIVE MODE');
    const known = await findRuleVersionByKey(trx, input.key);
    if (known) return known;
    const { highest } = (await trx('rule_versions').max('number as highest').first())!;
    const number = Number(highest ?? 0) + 1;
    const rules = { ...input.rules, version: String(number) };
    await trx('rule_versions').insert({
      number,
      key: input.key,
      rules: JSON.stringify(rules),
      note: input.note,
      published_at: input.at,
      published_by: input.actor,
    });
    return {
      number,
      rules,
      note: input.note,
      publishedAt: new Date(input.at).toISOString(),
      publishedBy: input.actor,
    };
  });
}
