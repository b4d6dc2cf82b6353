import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { createProgress, type Progress } from '../runtime/dev/progress';
import { benchAvailability, benchAvailabilityLarge, benchAvailabilityMillion } from './benches/availability';
import { benchFeed } from './benches/feed';
import { benchHotStock } from './benches/hot-stock';
import { benchIntake } from './benches/intake';
import { benchMemory } from './benches/memory';
import { benchOrders } from './benches/orders';
import { benchPush } from './benches/push';
import { benchSourcing } from './benches/sourcing';
import type { BenchContext, BenchResult } from './report/result';
import { saveResult } from './report/save';
import { asText } from './report/table';
import { memoryFile, memoryProbeOptions } from './system/memory';
import { startSystem, type BenchSystem, type ProgramName } from './system/start-system';

interface Options {
  quick: boolean;
  profile?: string;
}

interface Bench {
  programs: ProgramName[];
  run(system: BenchSystem, context: BenchContext): Promise<BenchResult>;
}

/** Those that need a system get one of their own: what one leaves behind must not slow down the next. */
const benches: Record<string, Bench | ((context: BenchContext) => Promise<BenchResult>)> = {
  sourcing: benchSourcing,
  'hot-stock': { programs: [], run: benchHotStock },
  availability: { programs: ['api'], run: benchAvailability },
  'availability-large': { programs: ['api'], run: benchAvailabilityLarge },
  'availability-million': { programs: ['api'], run: benchAvailabilityMillion },
  feed: { programs: ['worker', 'api'], run: benchFeed },
  push: { programs: ['worker'], run: benchPush },
  // Without a worker: what is measured is the way in.
  intake: { programs: ['api'], run: benchIntake },
  orders: { programs: ['sandbox', 'worker', 'api', 'yardsticks'], run: benchOrders },
  memory: { programs: ['sandbox', 'worker', 'api'], run: benchMemory },
};

/** Only when it is named: it wants more time and room than all the others together. */
const onDemand = ['availability-million'];

/** What `npm run bench` runs: the benchmarks named, all when none is, each with a table and a file of results. */
export async function main(argv: string[]): Promise<void> {
  const command = new Command('npm run bench --')
    .description('Measures Ordito on engines of its own. See bench/results/README.md for the newest figures.')
    .argument('[names...]', `which: ${Object.keys(benches).join(', ')}`, readName)
    .option('--quick', 'small sizes, nothing saved: to see that it works', false)
    .option('--profile <folder>', 'write CPU profiles of worker and API there (slower)', (folder) =>
      path.resolve(folder),
    )
    .exitOverride((error) => process.exit(error.exitCode))
    .parse(argv, { from: 'user' });
  const usual = Object.keys(benches).filter((name) => !onDemand.includes(name));
  const names = command.args.length > 0 ? command.args : usual;
  const progress = createProgress(process.stderr);
  for (const name of names) await runOne(name, command.opts<Options>(), progress);
}

function readName(name: string, before: string[] = []): string[] {
  if (!Object.hasOwn(benches, name)) throw new InvalidArgumentError(`There is no benchmark "${name}".`);
  return [...before, name];
}

async function runOne(name: string, options: Options, progress: Progress): Promise<void> {
  const startedAt = new Date();
  const loadAtStart = os.loadavg()[0]!;
  const context: BenchContext = { isQuick: options.quick, say: progress.say };
  const bench = benches[name]!;
  progress.say(`— ${name}`);
  const result =
    typeof bench === 'function' ? await bench(context) : await runWithSystem(bench, options, progress);
  process.stdout.write(asText(result));
  if (options.quick || options.profile) return;
  progress.say(`written to ${saveResult(result, startedAt, loadAtStart)}`);
}

async function runWithSystem(
  bench: Bench,
  { quick, profile }: Options,
  progress: Progress,
): Promise<BenchResult> {
  const system = await startSystem({
    programs: bench.programs,
    progress,
    nodeOptions: (program) => [
      ...(bench.run === benchMemory && program === 'worker' ? memoryProbeOptions : []),
      ...(profile && program !== 'yardsticks'
        ? ['--cpu-prof', `--cpu-prof-dir=${path.join(profile, program)}`]
        : []),
    ],
    env: (home) => ({ ORDITO_BENCH_MEMORY: memoryFile(home) }),
  });
  try {
    return await bench.run(system, { isQuick: quick, say: progress.say });
  } finally {
    await system.stop();
  }
}
