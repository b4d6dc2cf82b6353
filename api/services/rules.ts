import { z } from 'zod';
import { builtInRuleSets } from '../../domain/rules/built-in';
import { notYetProblems } from '../../domain/rules/not-yet';
import { problemsOf } from '../../domain/rules/problems';
import type { RuleProblem } from '../../domain/rules/rule-problem';
import type { RuleSet } from '../../domain/rules/types';
import { namesAsked, warningsOf } from '../../domain/rules/warnings';
import type { RuleVersion } from '../../store/rules/rule-version';
import { actorOf, type Principal } from '../authenticate';
import type { PublishBody, RuleSetBody } from '../contract/rules';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { conflict, invalidInput, notFound } from '../problem';
import { shapeProblems } from '../rules/check-shape';

const numberCursor = z.int();
/** What a draft is called until it is published and gets a number. */
const draftVersion = 'draft';

export function createRules({ store, now }: ApiDependencies) {
  const by = (principal: Principal) => ({ actor: actorOf(principal), at: now().toISOString() });

  /** Each place at fault; none when the rule set may come into force. */
  async function findProblems(body: RuleSetBody): Promise<RuleProblem[]> {
    const shape = shapeProblems(body);
    if (shape.length > 0) return shape;
    const rules = body as unknown as RuleSet;
    return [...problemsOf(rules, await store.readKnownReferences()), ...notYetProblems(rules)];
  }

  async function checked(body: RuleSetBody): Promise<RuleSet> {
    const problems = await findProblems(body);
    if (problems.length > 0) throw invalidInput(problems);
    return body as unknown as RuleSet;
  }

  /** What nothing has now that the rules name: it may still come, so that it keeps nobody from publishing. */
  const warn = async (rules: RuleSet): Promise<RuleProblem[]> =>
    warningsOf(rules, await store.readKnownNames(namesAsked(rules.scenarios.map(({ when }) => when))));

  async function find(number: number): Promise<RuleVersion & { isInForce: boolean }> {
    const [found, inForce] = await Promise.all([store.findRuleVersion(number), store.findRulesInForce()]);
    if (!found) throw notFound(`No version ${number} of the rules was published`);
    return { ...found, isInForce: found.number === inForce?.number };
  }

  async function toPublish({ version }: PublishBody): Promise<RuleSet> {
    if (version !== undefined) return (await find(version)).rules;
    const draft = await store.findRuleDraft();
    if (!draft) throw conflict('There is no draft to publish: save one, or name an older version');
    return draft.rules;
  }

  return {
    find,
    findProblems,
    inForce: () => store.findRulesInForce(),

    /** Without one, the rules in force: that is where a draft begins. */
    async draft() {
      const draft = await store.findRuleDraft();
      if (draft) return { ...draft, isSaved: true, warnings: await warn(draft.rules) };
      const inForce = await store.findRulesInForce();
      const rules = inForce?.rules ?? builtInRuleSets.fewestSplitsThenNearest;
      return { rules: { ...rules, version: draftVersion }, isSaved: false, warnings: await warn(rules) };
    },

    async saveDraft(principal: Principal, body: RuleSetBody) {
      const rules = await checked({ ...body, version: draftVersion });
      const saved = await store.saveRuleDraft(rules, by(principal));
      return { ...saved, isSaved: true, warnings: await warn(rules) };
    },

    async publish(principal: Principal, key: string, body: PublishBody) {
      // Checked anew: since it was written, what it refers to may have gone.
      const rules = await checked({ ...(await toPublish(body)) });
      const published = await store.publishRules({ key, rules, note: body.note, ...by(principal) });
      return { ...published, isInForce: true, warnings: await warn(rules) };
    },

    async list({ limit, cursor }: { limit: number; cursor?: string }) {
      const after = decodeCursor(numberCursor, cursor);
      const inForce = await store.findRulesInForce();
      const page = await store.listRuleVersions({ limit, after });
      return asList(page, (version) => ({ ...version, isInForce: version.number === inForce?.number }));
    },
  };
}
