import type { RuleSet } from '../../domain/rules/types';
import type { Report } from '../../domain/simulation/report';
import { instant, instantOrNull } from '../instant';

export type SimulationState = 'accepted' | 'running' | 'done' | 'cancelled';

/** Rules that are tried on past orders, and how far that is. */
export interface Simulation {
  id: string;
  /** `draft`, a version, or a built-in rule set by name. */
  tried: string;
  rules: RuleSet;
  /** `decided`: what was really decided; else as `tried`. */
  against: string;
  againstRules: RuleSet | null;
  channel: string | null;
  from: string;
  to: string;
  limit: number;
  state: SimulationState;
  /** Orders in all; null until they were counted. */
  total: number | null;
  done: number;
  report: Report;
  requestedAt: string;
  requestedBy: string;
  beganAt: string | null;
  endedAt: string | null;
  /** Until when its orders were kept; null while they are. */
  ordersForgottenAt: string | null;
}

export interface SimulationRecord {
  id: string;
  position: number;
  tried: string;
  rules: RuleSet;
  against: string;
  against_rules: RuleSet | null;
  channel: string | null;
  from_at: Date;
  until_at: Date;
  max_orders: number;
  state: SimulationState;
  total: number | null;
  done: number;
  last_order: string | null;
  report: Report;
  requested_at: Date;
  requested_by: string;
  began_at: Date | null;
  ended_at: Date | null;
  orders_forgotten_at: Date | null;
}

export const simulationOf = (row: SimulationRecord): Simulation => ({
  id: row.id,
  tried: row.tried,
  rules: row.rules,
  against: row.against,
  againstRules: row.against_rules,
  channel: row.channel,
  from: instant(row.from_at),
  to: instant(row.until_at),
  limit: row.max_orders,
  state: row.state,
  total: row.total,
  done: row.done,
  report: row.report,
  requestedAt: instant(row.requested_at),
  requestedBy: row.requested_by,
  beganAt: instantOrNull(row.began_at),
  endedAt: instantOrNull(row.ended_at),
  ordersForgottenAt: instantOrNull(row.orders_forgotten_at),
});
