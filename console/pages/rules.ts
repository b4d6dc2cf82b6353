import type { Router } from 'express';
import { publishBody, ruleVersionParams, ruleVersionQuery } from '../../api/contract/rules';
import { validate } from '../../api/http/validate';
import { builtInRuleSets } from '../../domain/rules/built-in';
import { compareInWords } from '../../domain/rules/compare-in-words';
import { rulesInWords } from '../../domain/rules/in-words';
import { ruleSetSchema } from '../../domain/rules/schema';
import type { RuleSet } from '../../domain/rules/types';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { rulesText } from '../words/rules-text';
import { queryOf, urlWith } from './query';
import { ruleHelp, textWithReadyMade } from './rule-phrases';
import { simulationRow } from './simulations';
import { parse, parsed, problemsIn, shownIn } from './typed-rules';

const draftUrl = '/rules/draft';
const versionUrl = (number: number): string => `/rules/versions/${number}`;

/** Sourcing rules: what is in force, what was published, the draft and what it would change. */
export function rulePages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { rules } = deps.services;
  router.get(
    '/rules',
    desk.page('listRuleVersions', (visit) => rulesView(deps, visit)),
  );
  router.get(
    draftUrl,
    desk.page('readRuleDraft', async (visit) => {
      const { add } = queryOf(visit.req, ['add']);
      if (add === undefined) return draftView(deps, visit);
      const { rules: saved } = await rules.draft();
      return draftView(deps, visit, textWithReadyMade(parsed(rulesText(saved)), add));
    }),
  );
  // As the API has it, which does not know who is signed in here. It says nothing of the retailer.
  router.get('/rules/schema', (_, res) => {
    res.type('application/schema+json').send(JSON.stringify(ruleSetSchema, null, 2));
  });
  router.get(
    '/rules/versions/:number',
    desk.page('findRuleVersion', (visit) => versionView(deps, visit)),
  );
  const at = (url: string, view: (visit: Visit) => Promise<View>) => (visit: Visit) => ({
    url,
    view: () => view(visit),
  });
  router.post(
    draftUrl,
    desk.action(
      'saveRuleDraft',
      async (visit) => {
        const { add, rules: typed = '' } = visit.form;
        if (add !== undefined) {
          const text = textWithReadyMade(parsed(typed), add);
          return {
            notice: 'It stands before the last scenario. Nothing is saved yet.',
            ...at(urlWith(draftUrl, { add }), (each) => draftView(deps, each, text))(visit),
          };
        }
        await rules.saveDraft(visit.principal, parsed(typed));
        return {
          notice: 'The draft is saved. No order follows it yet.',
          ...at(draftUrl, (each) => draftView(deps, each))(visit),
        };
      },
      // What was typed stays, with what is wrong about it.
      at(draftUrl, (visit) => draftView(deps, visit, visit.form.rules)),
    ),
  );
  router.post(
    '/rules/publish',
    desk.action(
      'publishRules',
      async (visit) => {
        const { note, version } = visit.form;
        const body = validate(publishBody, { note, ...(version && { version: Number(version) }) });
        const { number } = await rules.publish(visit.principal, visit.requestKey, body);
        return {
          notice: `Version ${number} is in force. Orders that have begun keep theirs.`,
          ...at('/rules', (each) => rulesView(deps, each))(visit),
        };
      },
      (visit) =>
        visit.form.version
          ? at('/rules', (each) => rulesView(deps, each))(visit)
          : at(draftUrl, (each) => draftView(deps, each))(visit),
    ),
  );
}

async function rulesView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { cursor } = queryOf(visit.req, ['cursor']);
  const [page, inForce, draft, tried] = await Promise.all([
    services.rules.list(validate(ruleVersionQuery, { cursor, limit: 20 }, 'query')),
    services.rules.inForce(),
    services.rules.draft(),
    visit.may('listSimulations') ? services.simulations.list({ limit: 5 }) : { items: [] },
  ]);
  return {
    template: 'rules',
    title: 'Sourcing rules',
    data: {
      inForce: inForce && { ...inForce, url: versionUrl(inForce.number) },
      scenarios: rulesInWords(inForce?.rules ?? builtInRuleSets.fewestSplitsThenNearest),
      draft: draft.isSaved ? draft : null,
      draftUrl,
      canEdit: visit.may('saveRuleDraft'),
      canPublish: visit.may('publishRules'),
      versions: page.items.map((version) => ({ ...version, url: versionUrl(version.number) })),
      simulations: tried.items.map(simulationRow),
      isFirstPage: cursor === undefined,
      firstUrl: '/rules',
      nextUrl: page.nextCursor && urlWith('/rules', { cursor: page.nextCursor }),
    },
  };
}

async function draftView({ services }: ConsoleDependencies, visit: Visit, typed?: string): Promise<View> {
  const [draft, inForce] = await Promise.all([services.rules.draft(), services.rules.inForce()]);
  const text = typed ?? rulesText(draft.rules);
  const problems = typed === undefined ? [] : await problemsIn(typed, services.rules.findProblems);
  const told =
    typed === undefined || problems.length > 0 ? draft.rules : (parse(typed) as unknown as RuleSet);
  return {
    template: 'rule-draft',
    title: 'Draft of the rules',
    data: {
      draft,
      text,
      rows: Math.min(40, Math.max(16, text.split('\n').length + 1)),
      problems,
      warnings: typed === undefined ? shownIn(text, draft.warnings) : [],
      canEdit: visit.may('saveRuleDraft'),
      canPublish: visit.may('publishRules') && draft.isSaved && problems.length === 0,
      canTry: visit.may('runSimulation') && draft.isSaved,
      scenarios: rulesInWords(told),
      help: ruleHelp(draft.rules.currency),
      inForce,
      changes: changesOf(inForce?.rules ?? null, told),
    },
  };
}

/** Null where there is nothing to compare with, or nothing changes. */
function changesOf(from: RuleSet | null, to: RuleSet) {
  if (from === null) return null;
  const lines = compareInWords(from, to);
  return lines.some(({ kind }) => kind !== 'same') ? lines : null;
}

async function versionView({ services }: ConsoleDependencies, visit: Visit): Promise<View> {
  const { number } = validate(ruleVersionParams, visit.req.params);
  const version = await services.rules.find(number);
  const before = number > 1 ? await services.rules.find(number - 1) : null;
  return {
    template: 'rule-version',
    title: `Version ${number} of the rules`,
    data: {
      version,
      text: rulesText(version.rules),
      scenarios: rulesInWords(version.rules),
      before: before && { number: before.number, url: versionUrl(before.number) },
      changes: changesOf(before?.rules ?? null, version.rules),
      canRollBack: visit.may('publishRules') && !version.isInForce,
    },
  };
}
