import { readdirSync } from 'node:fs';
import path from 'node:path';
import { countStories, playDay } from './support/day';
import { findings, nothing, settle } from './support/findings';
import { useMachines } from './support/use-machines';

/** With a number of lanes, plays and a seed of one's own: ORDITO_PROOF_HOLD_MS=11500 ORDITO_PROOF_LANES=12 … */
const lanes = Number(process.env.ORDITO_PROOF_LANES ?? 6);
const plays = Number(process.env.ORDITO_PROOF_PLAYS ?? countStories);
const seed = Number(process.env.ORDITO_PROOF_SEED ?? 1);

const used = useMachines({ preload: path.join(__dirname, 'support', 'tasks-twice.ts') });

test(
  'each step of each story is done twice, the second time when later ones were done as well',
  async () => {
    const { machines, db } = used;
    const failed: string[] = [];
    const plan = { seed, plays, lanes, isCalm: true };
    const { played } = await playDay(
      machines,
      db,
      plan,
      (line) => !line.startsWith('✔') && failed.push(line),
    );
    await settle(db);
    expect({ failed, ...(await findings(machines, db)) }).toEqual({ failed: [], ...nothing });
    const tasks = readdirSync(path.join(machines.home, 'tasks-twice'));
    expect(tasks.length).toBeGreaterThan(3 * played.length);
  },
  process.env.ORDITO_PROOF_HOLD_MS ? 3_600_000 : 600_000,
);
