import fc from 'fast-check';
import { compare } from './compare';
import { giveToWaiting, type Model } from './model';
import type { Real } from './real';

/** How often a command is given: its answer may be lost, or it may be sent twice at the same moment. */
const asked = fc.constantFrom('once' as const, 'once' as const, 'again' as const, 'together' as const);
type Asked = 'once' | 'again' | 'together';

interface Deed<Args> {
  name: string;
  args: fc.Arbitrary<Args>;
  /** Whether there is anything to do it to. */
  isPossible?(model: Readonly<Model>): boolean;
  /** What the store is asked, and what the model says that this comes to: the expected outcome. */
  run(model: Model, real: Real, args: Args, ask: Ask): Promise<void>;
}

/**
 * Asks the store as often as this run says, always by the same key. Who asks again may be told that it was done
 * already; nobody may be told anything else than the first.
 */
export type Ask = <Answer extends { outcome: string }>(
  question: () => Promise<Answer>,
  expected: string,
) => Promise<Answer>;

const createAsk =
  (times: Asked): Ask =>
  async (question, expected) => {
    const answers = times === 'together' ? await Promise.all([question(), question()]) : [await question()];
    if (times === 'again') answers.push(await question());
    const own = answers.find(({ outcome }) => outcome === expected);
    if (!own) throw new Error(`Expected ${expected}, was answered ${JSON.stringify(answers)}`);
    for (const { outcome } of answers)
      if (outcome !== expected && outcome !== 'duplicate')
        throw new Error(`Expected ${expected} each time, was answered ${JSON.stringify(answers)}`);
    return own;
  };

/** A command for the store and the model; afterwards both are held against each other. */
export function command<Args>({ name, args, isPossible = () => true, run }: Deed<Args>) {
  return fc.tuple(args, asked).map(([given, times]): fc.AsyncCommand<Model, Real> => ({
    check: isPossible,
    async run(model, real) {
      model.minute += 1;
      await run(model, real, given, createAsk(times));
      giveToWaiting(model);
      await compare(model, real);
    },
    toString: () => `${name}(${JSON.stringify(given)}${times === 'once' ? '' : `, ${times}`})`,
  }));
}

/** Names by number, however many there are: what is left when a run is shrunk must still name something. */
export const pick = <T>(from: readonly T[], number: number): T => from[number % from.length]!;

export const some = (max: number) => fc.integer({ min: 1, max });
export const which = fc.nat(60);
export const place = { sku: fc.nat(1), location: fc.nat(2) };

export const placeOf = (model: Model, { sku, location }: { sku: number; location: number }) => ({
  sku: pick(model.skus, sku),
  locationId: pick(model.locations, location),
});
