import { playDay } from './support/day';
import { findings, nothing, settle } from './support/findings';
import { useMachines } from './support/use-machines';

/** A long day, or one again: ORDITO_PROOF_PLAYS=400 ORDITO_PROOF_SEED=… npm test -- test/proofs/day.test.ts */
const plays = Number(process.env.ORDITO_PROOF_PLAYS ?? 12);
const lanes = Number(process.env.ORDITO_PROOF_LANES ?? 6);
/** Without any blow: to see whether it is the stories or the blows. */
const isCalm = Boolean(process.env.ORDITO_PROOF_CALM);
const seed = Number(process.env.ORDITO_PROOF_SEED ?? 20_261_129);
const say = (line: string): void =>
  void process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const used = useMachines({ workers: 2 });

test(
  'whatever befalls the machines in the course of a day, each effect happens once and all books agree',
  async () => {
    const { machines, db } = used;
    say(`a day of ${plays} stories, seed ${seed}, in ${machines.home}`);
    const { played, blows } = await playDay(machines, db, { seed, plays, lanes, isCalm }, say);
    say(`${played.length} stories, ${blows.length} blows`);
    await settle(db);
    const failed = played.filter(({ error }) => error !== null);
    expect({
      failed: failed.map(({ reference, error }) => `${reference}: ${error?.slice(0, 2000)}`),
      ...(await findings(machines, db)),
    }).toEqual({ failed: [], ...nothing });
  },
  4 * 3_600_000,
);
