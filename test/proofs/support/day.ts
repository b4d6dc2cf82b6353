import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../../bench/load/random';
import type { Database } from '../../../store/connect';
import { openShop, type Shop } from '../../support/shop';
import { stories } from '../../support/stories';
import { strike, type Blow, type Machine } from './blows';
import { dayStories } from './day-stories';
import {
  createSharedRules,
  forgetRules,
  openLane,
  patienceMs,
  type LaneOptions,
  type StoryOptions,
} from './lane';
import type { Machines } from './machines';

export interface DayPlan {
  seed: number;
  /** How many stories are played in all, and how many side by side. */
  plays: number;
  lanes: number;
  /** Nothing befalls any machine. */
  isCalm: boolean;
}

export interface Played {
  story: string;
  reference: string;
  /** The order, or what went wrong. */
  id: string | null;
  error: string | null;
}

export interface Day {
  played: Played[];
  blows: Blow[];
}

const all = { ...stories, ...dayStories };

/** Played so often, each story is told once. */
export const countStories = Object.keys(all).length;

/** Plays stories in several lanes while machines are struck at random moments, until all have been played. */
export async function playDay(
  machines: Machines,
  db: Database,
  { seed, plays, lanes, isCalm }: DayPlan,
  say: (line: string) => void,
): Promise<Day> {
  const names = shuffled(plays, createRandom(seed));
  const rules = createSharedRules();
  const played: Played[] = [];
  const follow = async (number: number): Promise<void> => {
    const random = createRandom(seed + number);
    for (let story = names.shift(); story !== undefined; story = names.shift()) {
      const index = plays - names.length;
      const lane = `lane${number}`;
      const options = { machines, lane, play: `p${index}${lane}`, rules, random };
      const result = await play(story, options, db);
      played.push(result);
      say(`${result.error === null ? '✔' : '✖'} ${result.reference} (${played.length} of ${plays})`);
      if (result.error !== null) say(result.error);
    }
  };
  const calm = new AbortController();
  if (isCalm) calm.abort();
  const striking = strikeAtRandom(machines, createRandom(seed - 1), calm.signal, say);
  try {
    await Promise.all(Array.from({ length: lanes }, (_, index) => follow(index + 1)));
  } finally {
    calm.abort();
  }
  return { played, blows: await striking };
}

/** Each story as often as the others, in an order of its own each time. */
function shuffled(count: number, random: () => number): string[] {
  const names: string[] = [];
  while (names.length < count)
    names.push(
      ...Object.keys(all)
        .map((name) => ({ name, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ name }) => name),
    );
  return names.slice(0, count);
}

async function play(story: string, options: LaneOptions, db: Database): Promise<Played> {
  const reference = `${options.play}-${story}`;
  let isOver = false;
  try {
    await forgetRules(options);
    const shop = await openLaneShop({ ...options, isOver: () => isOver }, db);
    const id = await all[story]!(shop, reference);
    return { story, reference, id, error: null };
  } catch (error) {
    return { story, reference, id: null, error: error instanceof Error ? error.stack! : String(error) };
  } finally {
    isOver = true;
  }
}

async function openLaneShop(options: StoryOptions, db: Database): Promise<Shop> {
  const { baseUrl: apiUrl, keys } = options.machines;
  const shop = await openShop({ apiUrl, keys, db }, { as: openLane(options), patienceMs });
  return {
    ...shop,
    async pickupCode(fulfillmentId) {
      for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
        const code = await shop.pickupCode(fulfillmentId).catch(() => null);
        if (code !== null) return code;
      }
      throw new Error(`${fulfillmentId} got no pickup code`);
    },
  };
}

const machineNames: Machine[] = ['worker', 'secondWorker', 'api', 'postgres', 'temporal', 'sandbox', 'mail'];

/** Now one machine, now two at once; most die and come back, some stay away for a while, some stand still. */
async function strikeAtRandom(
  machines: Machines,
  random: () => number,
  calm: AbortSignal,
  say: (line: string) => void,
): Promise<Blow[]> {
  const blows: Blow[] = [];
  const between = (from: number, to: number): number => from + random() * (to - from);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const nextBlow = (machine: Machine): Blow => {
    const dice = random();
    if (dice < 0.7) return { machine, kind: 'kill', forMs: 0 };
    return dice < 0.85
      ? { machine, kind: 'freeze', forMs: between(3_000, 12_000) }
      : { machine, kind: 'keepDown', forMs: between(5_000, 20_000) };
  };
  while (!calm.aborted) {
    await sleep(between(2_000, 15_000), undefined, { signal: calm }).catch(() => undefined);
    if (calm.aborted) break;
    const first = pick(machineNames);
    const hit = random() < 0.25 ? [...new Set([first, pick(machineNames)])] : [first];
    const now = hit.map(nextBlow);
    say(now.map(({ machine, kind, forMs }) => `⚡ ${kind} ${machine} ${Math.round(forMs)} ms`).join(', '));
    await Promise.all(now.map((blow) => strike(machines.home, blow)));
    blows.push(...now);
  }
  return blows;
}
