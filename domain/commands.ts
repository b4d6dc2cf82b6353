import type { WorkRefusal } from './shipping/work-refusals';

/** A fact for an order's workflow, written with the change it tells of and delivered after the commit. */
export interface OrderSignal {
  /** Names the news: a second delivery of the same key is the same news. */
  key: string;
  workflowId: string;
  signal: string;
  args: unknown[];
}

export interface FieldProblem {
  /** JSON pointer into what was sent. */
  pointer: string;
  detail: string;
  /** Of a number that is not possible: those next to it that are. */
  nearest?: { below?: number; above: number };
  /** It is taken all the same when somebody says why, as `anyway`. */
  anyway?: true;
  /** Names what is wrong, where somebody tells it in words of their own. */
  code?: WorkRefusal;
  /** What these words are about. */
  about?: Record<string, string | number>;
}

/** What a command may answer. Asking again for what is already so is `done`: a lost answer is not an error. */
export type CommandResult<T = unknown> =
  | { outcome: 'done'; value: T; signals: OrderSignal[] }
  | { outcome: 'notFound'; detail: string }
  | { outcome: 'notAllowed'; because: string; allowed: string[]; code?: WorkRefusal }
  | { outcome: 'invalid'; problems: FieldProblem[] };
