import { z } from 'zod';
import { builtInRuleSets } from '../../domain/rules/built-in';
import { simulationIdOf } from '../../domain/ids';
import type { RuleSet } from '../../domain/rules/types';
import { assumptionsOf } from '../../domain/simulation/assumptions';
import { expectedEnd } from '../../domain/simulation/progress';
import type { Simulation } from '../../store/simulation/simulation-view';
import { actorOf, type Principal } from '../authenticate';
import type { SimulationBody } from '../contract/simulations';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { writeTriedOrders } from '../feed-file/write-tried-orders';
import { conflict, invalidInput, notFound } from '../problem';

const positionCursor = z.object({ position: z.int().min(0) });
const usualPeriodMs = 30 * 86_400_000;
const csvPage = 500;

export function createSimulations({ store, simulations, now }: ApiDependencies) {
  async function rulesNamed(name: SimulationBody['rules'], pointer: string): Promise<RuleSet> {
    if (name === 'draft') {
      const draft = await store.findRuleDraft();
      if (!draft) throw conflict('There is no draft to try: save one first');
      return draft.rules;
    }
    if (typeof name === 'string') return builtInRuleSets[name];
    const version = await store.findRuleVersion(name);
    if (!version) throw invalidInput([{ pointer, detail: `No version ${name} of the rules was published` }]);
    return version.rules;
  }

  async function rulesOf({ rules, against }: SimulationBody) {
    const tried = await rulesNamed(rules, '/rules');
    const againstRules = against === 'decided' ? null : await rulesNamed(against, '/against');
    if (againstRules !== null && againstRules.currency !== tried.currency)
      throw invalidInput([
        {
          pointer: '/against',
          detail: `Its costs are in ${againstRules.currency}, those tried in ${tried.currency}`,
        },
      ]);
    return { rules: tried, againstRules };
  }

  function periodOf({ from, to }: SimulationBody) {
    const end = to ?? now().toISOString();
    const begin = from ?? new Date(Date.parse(end) - usualPeriodMs).toISOString();
    if (Date.parse(begin) >= Date.parse(end))
      throw invalidInput([{ pointer: '/from', detail: `Must be before the end of the period, ${end}` }]);
    return { from: begin, to: end };
  }

  async function known(id: string): Promise<Simulation> {
    const simulation = await store.findSimulation(id);
    if (!simulation) throw notFound(`There is no simulation "${id}"`);
    return simulation;
  }

  /** Its orders can be read only while they are kept. */
  async function withOrders(id: string): Promise<Simulation> {
    const simulation = await known(id);
    if (simulation.ordersForgottenAt !== null)
      throw notFound(
        `The orders of ${id} were kept until ${simulation.ordersForgottenAt}; its report is still there`,
      );
    return simulation;
  }

  const summaryOf = (simulation: Simulation) => {
    const { rules: _, againstRules: _against, report: _report, tried, against, ...rest } = simulation;
    const isRunning = simulation.state === 'running';
    return {
      ...rest,
      rules: nameOf(tried),
      against: nameOf(against),
      expectedEndAt: isRunning ? expectedEnd(simulation, now().toISOString()) : null,
    };
  };

  async function viewOf(simulation: Simulation) {
    const { report } = simulation;
    const names = await store.nameLocations(Object.keys(report.locations));
    return {
      ...summaryOf(simulation),
      currency: simulation.rules.currency,
      assumptions: assumptionsOf(simulation, report),
      report: {
        ...report,
        locations: Object.entries(report.locations)
          .map(([locationId, load]) => ({ locationId, name: names[locationId] ?? locationId, ...load }))
          .sort((a, b) => b.before.parcels + b.after.parcels - a.before.parcels - a.after.parcels),
      },
    };
  }

  async function listOrders(id: string, query: { changed?: boolean; limit: number; cursor?: string }) {
    await withOrders(id);
    const { cursor, ...filters } = query;
    const after = decodeCursor(positionCursor, cursor)?.position;
    const page = await store.listTriedOrders({ simulationId: id, ...filters, after });
    return asList(page, ({ position: _, ...order }) => order);
  }

  return {
    /** Writes down what is to be tried, with the rules as they are now, and has it run. */
    async run(principal: Principal, key: string, body: SimulationBody) {
      const simulation = await store.createSimulation({
        ...{ id: simulationIdOf(key), key, actor: actorOf(principal), at: now().toISOString() },
        ...(await rulesOf(body)),
        ...periodOf(body),
        tried: String(body.rules),
        against: String(body.against),
        channel: await channelOf(body),
        limit: body.limit,
      });
      if (simulation.endedAt === null) await simulations.start(simulation.id);
      return viewOf(simulation);
    },

    find: async (id: string) => viewOf(await known(id)),

    async list({ cursor, limit }: { limit: number; cursor?: string }) {
      const before = decodeCursor(positionCursor, cursor)?.position;
      return asList(await store.listSimulations({ before, limit }), summaryOf);
    },

    async cancel(id: string) {
      await known(id);
      return viewOf((await store.cancelSimulation(id, now().toISOString()))!);
    },

    listOrders,

    /** Both decisions of each order, as the lines of a CSV file. */
    async export(id: string, { changed }: { changed?: boolean }): Promise<AsyncIterable<string>> {
      const { rules } = await withOrders(id);
      const read = (after?: number) =>
        store.listTriedOrders({ simulationId: id, changed, after, limit: csvPage });
      return writeTriedOrders(rules.currency, read);
    },
  };

  async function channelOf({ channel }: SimulationBody): Promise<string | null> {
    if (channel === undefined) return null;
    if (!(await store.findChannel(channel)))
      throw invalidInput([{ pointer: '/channel', detail: `No channel has the code "${channel}"` }]);
    return channel;
  }
}

/** A version by its number, as it was asked for. */
const nameOf = (name: string): string | number => (/^\d+$/.test(name) ? Number(name) : name);
