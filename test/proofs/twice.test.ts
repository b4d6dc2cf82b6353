import { readdirSync } from 'node:fs';
import path from 'node:path';
import { installRuntime } from '../../runtime/worker';
import { connect, type Database } from '../../store/connect';
import { countStories, playDay } from './support/day';
import { findings, nothing, settle } from './support/findings';
import { startMachines, type Machines } from './support/machines';

let machines: Machines;
let db: Database;
beforeAll(async () => {
  installRuntime({ logLevel: 'silent' } as Parameters<typeof installRuntime>[0]);
  machines = await startMachines({ preload: path.join(__dirname, 'support', 'tasks-twice.ts') });
  db = connect(machines.databaseUrl, 4);
}, 120_000);
afterAll(async () => {
  await db?.destroy();
  await machines?.stop();
}, 60_000);

test('each step of each story is done twice, the second time when later ones were done as well', async () => {
  const failed: string[] = [];
  const plan = { seed: 1, plays: countStories, lanes: 6, isCalm: true };
  const { played } = await playDay(machines, db, plan, (line) => !line.startsWith('✔') && failed.push(line));
  await settle(db);
  expect({ failed, ...(await findings(machines, db)) }).toEqual({ failed: [], ...nothing });
  const tasks = readdirSync(path.join(machines.home, 'tasks-twice'));
  expect(tasks.length).toBeGreaterThan(3 * played.length);
}, 600_000);
