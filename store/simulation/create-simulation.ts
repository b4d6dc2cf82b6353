import type { RuleSet } from '../../domain/rules/types';
import { emptyReport } from '../../domain/simulation/report';
import type { Database } from '../connect';
import { simulationOf, type Simulation, type SimulationRecord } from './simulation-view';

export interface CreateSimulation {
  id: string;
  /** Names the request: asked again, the simulation that is there is answered. */
  key: string;
  tried: string;
  rules: RuleSet;
  against: string;
  againstRules: RuleSet | null;
  channel: string | null;
  from: string;
  to: string;
  limit: number;
  actor: string;
  at: string;
}

/** Writes down what is to be tried. The rules are kept with it: a draft may change while it runs. */
export async function createSimulation(db: Database, input: CreateSimulation): Promise<Simulation> {
  await db('rule_simulations')
    .insert({
      id: input.id,
      key: input.key,
      tried: input.tried,
      rules: JSON.stringify(input.rules),
      against: input.against,
      against_rules: input.againstRules === null ? null : JSON.stringify(input.againstRules),
      channel: input.channel,
      from_at: input.from,
      until_at: input.to,
      max_orders: input.limit,
      report: JSON.stringify(emptyReport),
      requested_at: input.at,
      requested_by: input.actor,
    })
    .onConflict('key')
    .ignore();
  return simulationOf(
    (await db<SimulationRecord & { key: string }>('rule_simulations').where({ key: input.key }).first())!,
  );
}
