import type { ShortageRule } from '../../domain/sourcing/shortage-rule';
import type { LinesRequest } from '../messages';

/** Pieces that nobody had when they were sourced, and what becomes of them. */
export interface Shortage {
  /** In which they were short; none: whatever waits. */
  rounds: number[];
  lines: LinesRequest['lines'];
  /** Its lines alone: others of its rounds have another shortage, for they go elsewhere. */
  lineIds?: string[];
  /** What the rules say; absent in orders sourced before rules were acted upon. */
  then?: ShortageRule['then'];
  owner?: string;
  /** How long the rules give it, ms; and what follows where no alternative is taken, or no transfer comes. */
  withinMs?: number;
  otherwise?: ShortageRule['otherwise'];
  /** Locations were asked to send them. */
  isSent?: true;
  /** Lines of which nobody sends all; told until it is decided what becomes of that. */
  unsent?: string[];
  /** Why nothing goes on by itself until a person has decided. */
  needsPerson?: string;
  /** It waits as long as the channel allows, and no action of its own follows. */
  isPlain?: true;
  /** How long they wait, ms since the epoch. */
  until: number;
  /** What was given up of them; whether the order's confirmation tells it. */
  givenUp?: (LinesRequest['lines'][number] & { round: number })[];
  isTold?: true;
}

/** Which lines that wait are meant, as every step asks for them. */
export const linesOf = ({ rounds, lineIds }: Shortage): { rounds: number[]; lineIds?: string[] } => ({
  rounds,
  ...(lineIds && { lineIds }),
});

export const isOf = ({ rounds, lineIds }: Shortage, lineId: string, round: number): boolean =>
  rounds.includes(round) && (lineIds?.includes(lineId) ?? true);
