import { clearLine, cursorTo } from 'node:readline';

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

export interface ProgressBar {
  tick(): void;
  /** Something that happened meanwhile, shown after the count: "3 retries". */
  note(text: string): void;
  /** A line that stays. */
  say(line: string): void;
  end(): void;
}

const barWidth = 28;
const everyMs = { terminal: 100, plain: 5_000 };

/**
 * Shows how far long work is, how fast it goes and how long it will take: one line that moves on a terminal, a
 * plain line every few seconds elsewhere. The rate is that of the last half minute.
 */
export function startProgressBar(
  title: string,
  total: number,
  output: Output = process.stdout,
  now: () => number = Date.now,
): ProgressBar {
  const isTerminal = output.isTTY === true;
  const recent = [{ at: now(), done: 0 }];
  let done = 0;
  let text = '';
  const draw = (): void => {
    recent.push({ at: now(), done });
    while (recent.length > 2 && recent[0]!.at < now() - 30_000) recent.shift();
    const line = describe(title, done, total, rateOf(recent), text);
    if (!isTerminal) return void output.write(`${line}\n`);
    const terminal = output as unknown as NodeJS.WritableStream;
    cursorTo(terminal, 0);
    output.write(line.slice(0, (output.columns ?? 100) - 1));
    clearLine(terminal, 1);
  };
  const timer = setInterval(draw, isTerminal ? everyMs.terminal : everyMs.plain);
  timer.unref();
  return {
    tick: () => void (done += 1),
    note: (said) => void (text = said),
    say: (line) => {
      if (!isTerminal) return void output.write(`${line}\n`);
      const terminal = output as unknown as NodeJS.WritableStream;
      cursorTo(terminal, 0);
      clearLine(terminal, 0);
      output.write(`${line}\n`);
      draw();
    },
    end: () => {
      clearInterval(timer);
      draw();
      if (isTerminal) output.write('\n');
    },
  };
}

function rateOf(recent: readonly { at: number; done: number }[]): number {
  const [first, last] = [recent[0]!, recent.at(-1)!];
  return last.at > first.at ? ((last.done - first.done) * 1000) / (last.at - first.at) : 0;
}

/** `Orders ━━━━━━━━──── 1,204/3,510  52.1/s  44 s left` */
export function describe(
  title: string,
  done: number,
  total: number,
  perSecond: number,
  note: string,
): string {
  const filled = total === 0 ? barWidth : Math.floor((barWidth * done) / total);
  const bar = '━'.repeat(filled) + '─'.repeat(barWidth - filled);
  const parts = [`${title} ${bar} ${count(done)}/${count(total)}`];
  if (perSecond > 0) parts.push(`${perSecond.toFixed(1)}/s`);
  if (perSecond > 0 && done < total) parts.push(`${timeOf((total - done) / perSecond)} left`);
  if (note !== '') parts.push(note);
  return parts.join('  ');
}

const count = (value: number): string => value.toLocaleString('en-US');

function timeOf(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 90 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
