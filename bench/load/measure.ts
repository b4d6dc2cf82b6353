/** One run of a contender: how long it took and what each unit waited. */
export interface Timing {
  count: number;
  seconds: number;
  /** Units per second. */
  rate: number;
  /** Milliseconds of each unit, ascending. */
  latencies: number[];
}

/** Does the work for every index below `count`, at most `clients` at the same time. The first failure ends it. */
export async function runSideBySide(
  count: number,
  clients: number,
  work: (index: number) => Promise<unknown>,
): Promise<Timing> {
  const latencies: number[] = [];
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      const began = performance.now();
      await work(index);
      latencies.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: Math.min(clients, count) }, client));
  return timingOf(count, performance.now() - began, latencies);
}

/** Synchronous work, timed as a whole. */
export function runInARow(count: number, work: (index: number) => unknown): Timing {
  const began = performance.now();
  for (let index = 0; index < count; index += 1) work(index);
  return timingOf(count, performance.now() - began, []);
}

function timingOf(count: number, ms: number, latencies: number[]): Timing {
  return { count, seconds: ms / 1000, rate: (count * 1000) / ms, latencies: latencies.sort((a, b) => a - b) };
}

/**
 * Runs the contenders by turns, A B C A B C, so that a machine that grows slower hits them all. Each gets the
 * number of its round.
 */
export async function takeTurns<Name extends string>(
  rounds: number,
  contenders: Record<Name, (round: number) => Timing | Promise<Timing>>,
  onTurn: (name: Name, round: number, timing: Timing) => void = () => undefined,
): Promise<Record<Name, Timing[]>> {
  const names = Object.keys(contenders) as Name[];
  const timings = Object.fromEntries(names.map((name) => [name, [] as Timing[]])) as Record<Name, Timing[]>;
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) {
      const timing = await contenders[name](round);
      timings[name].push(timing);
      onTurn(name, round, timing);
    }
  return timings;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value below which `share` (0 to 1) of the ascending values lie. */
export function percentile(ascending: readonly number[], share: number): number {
  if (ascending.length === 0) return NaN;
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))]!;
}

export const medianRate = (timings: readonly Timing[]): number =>
  median(timings.map((timing) => timing.rate));

/** The median of the rounds' ratios: both sides of each were measured at nearly the same moment. */
export const medianRatio = (of: readonly Timing[], to: readonly Timing[]): number =>
  median(of.map((timing, round) => timing.rate / to[round]!.rate));

export const medianLatency = (timings: readonly Timing[], share: number): number =>
  median(timings.map((timing) => percentile(timing.latencies, share)));
