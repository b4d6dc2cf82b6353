import type { ShortageRule } from '../../domain/sourcing/shortage-rule';
import { giveUpAtOnce, giveUpLate, payGivenUpBack } from './give-up';
import { lapseOffers, offerInstead } from './offers';
import { askToSend, goOnWithoutTransfers } from './transfers';
import { askToBuy } from './purchase-request';
import { ledger } from '../activities';
import { now } from '../engine/clock';
import { linesOf, type Shortage } from './short-pieces';
import { countWaited, openPieces } from './waiting-counts';
import type { OrderThread } from '../thread';

/** What is done about pieces that nobody has. Whatever it is, they wait for stock until they are given up. */
interface AfterAction {
  /** Right after sourcing: no money is asked for yet, and the customer knows nothing. */
  atOnce?(thread: OrderThread, shortage: Shortage): Promise<void>;
  /** The order stands, and the customer knows what is short. */
  afterwards?(thread: OrderThread, shortage: Shortage): void | Promise<void>;
  /** Its time is over, and something still waits. */
  lapse(thread: OrderThread, shortage: Shortage): Promise<void>;
}

/** One row for each action that rules may name: this is where another one plugs in. */
const afterActions: Record<ShortageRule['then'], AfterAction> = {
  backorder: { lapse: giveUpLate },
  cancel: { atOnce: giveUpAtOnce, afterwards: payGivenUpBack, lapse: giveUpLate },
  alternative: { afterwards: offerInstead, lapse: lapseOffers },
  purchaseRequest: { afterwards: askToBuy, lapse: giveUpLate },
  waitForTransfer: { atOnce: askToSend, lapse: goOnWithoutTransfers },
};

/** Of which `within` is the time that the pieces wait; else it is what the action itself may take. */
const waitsSoLong: ShortageRule['then'][] = ['backorder', 'alternative'];

const afterActionOf = ({ then = 'backorder' }: Shortage): AfterAction => afterActions[then];

interface Told {
  rule?: ShortageRule;
  needsPerson?: string;
  /** Told where other lines of the round have another shortage. */
  lineIds?: string[];
}

/** Writes down what a round of sourcing left short, and does what its rule has done at once. */
export async function beginShortage(
  thread: OrderThread,
  lines: (Shortage['lines'][number] & { destination?: string })[],
  told: Told,
): Promise<Shortage> {
  const { round } = thread;
  countWaited(
    thread,
    lines.map(({ quantity, destination }) => ({ round, destination, quantity })),
  );
  const shortage = noted(thread, lines, told);
  await afterActionOf(shortage).atOnce?.(thread, shortage);
  return shortage;
}

/** The customer is offered something else, and so hears what is missing. */
export const isOffered = ({ then, needsPerson }: Shortage): boolean =>
  then === 'alternative' && needsPerson === undefined;

/** The order stands: what the rule has done beyond waiting begins. */
export async function followShortage(thread: OrderThread, shortage: Shortage): Promise<void> {
  const { needsPerson } = shortage;
  if (needsPerson === undefined) return void (await afterActionOf(shortage).afterwards?.(thread, shortage));
  await ledger.askPerson({ orderId: thread.orderId, ...linesOf(shortage), because: needsPerson, at: now() });
}

/** When the next of the shortages runs out, ms since the epoch; null when nothing waits for stock. */
export function nextLapse(thread: OrderThread): number | null {
  if (openPieces(thread) <= 0) return null;
  const ends = (thread.shortages ?? []).map(({ until }) => until);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** What runs out first, and whatever else has run out: each does what its rule says. */
export async function lapseShortages(thread: OrderThread): Promise<void> {
  const end = Math.max(Date.now(), nextLapse(thread) ?? 0);
  const over = (thread.shortages ?? []).filter(({ until }) => until <= end);
  for (const shortage of over) await afterActionOf(shortage).lapse(thread, shortage);
}

/** Rounds that wait as long as the channel allows wait together, as long as the last of them. */
function noted(
  thread: OrderThread,
  lines: Shortage['lines'],
  { rule, needsPerson, lineIds }: Told,
): Shortage {
  const shortages = (thread.shortages ??= []);
  const { then = 'backorder', withinMs, otherwise } = rule ?? {};
  const isOwnTime = withinMs !== undefined && waitsSoLong.includes(then);
  const until = Date.now() + (isOwnTime ? withinMs : thread.settings.backorderWithinMs);
  const isPlain =
    then === 'backorder' && withinMs === undefined && needsPerson === undefined && lineIds === undefined;
  const plain = isPlain ? shortages.find((each) => each.isPlain && each.then === rule?.then) : undefined;
  if (plain) {
    plain.rounds.push(thread.round);
    plain.lines.push(...lines);
    plain.until = until;
    return plain;
  }
  const shortage: Shortage = {
    rounds: [thread.round],
    lines: [...lines],
    until,
    ...(rule && { then: rule.then }),
    ...(rule?.owner !== undefined && { owner: rule.owner }),
    ...(withinMs !== undefined && { withinMs }),
    ...(otherwise && { otherwise }),
    ...(needsPerson !== undefined && { needsPerson }),
    ...(lineIds && { lineIds }),
    ...(isPlain && { isPlain }),
  };
  shortages.push(shortage);
  return shortage;
}
