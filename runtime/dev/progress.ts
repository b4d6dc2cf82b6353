/** Shows steps as they go: live lines on a terminal, one plain line a step anywhere else. */
export interface Progress {
  /** Shows a step with its time while the work is done; `note` says what it is at. */
  step<T>(title: string, work: (note: (text: string) => void) => Promise<T>): Promise<T>;
  /** Tells something in between. */
  say(message: string): void;
}

export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

interface Step {
  title: string;
  note: string;
  startedAtMs: number;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

export function createProgress(output: ProgressOutput): Progress {
  const active = new Set<Step>();
  const isLive = output.isTTY === true;
  let drawn = 0;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  function erase(): void {
    if (drawn > 0) output.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  }

  function draw(): void {
    if (!isLive) return;
    const width = (output.columns || 80) - 1;
    for (const step of active) {
      const spinner = FRAMES[frame % FRAMES.length];
      const note = step.note && ` · ${step.note}`;
      output.write(`${`${spinner} ${step.title} ${elapsed(step)}${note}`.slice(0, width)}\n`);
    }
    drawn = active.size;
  }

  function print(line: string): void {
    erase();
    output.write(`${line}\n`);
    draw();
  }

  function tick(): void {
    frame += 1;
    erase();
    draw();
  }

  function begin(step: Step): void {
    active.add(step);
    if (!isLive) return;
    timer ??= setInterval(tick, FRAME_MS);
    tick();
  }

  function finish(step: Step, mark: string): void {
    active.delete(step);
    if (active.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    print(`${mark} ${step.title} ${elapsed(step)}${step.note && ` · ${step.note}`}`);
  }

  return {
    async step(title, work) {
      const step: Step = { title, note: '', startedAtMs: Date.now() };
      begin(step);
      try {
        const result = await work((text) => (step.note = text));
        finish(step, '✔');
        return result;
      } catch (error) {
        finish(step, '✖');
        throw error;
      }
    },
    say: (message) => print(`  ${message}`),
  };
}

function elapsed(step: Step): string {
  return `${((Date.now() - step.startedAtMs) / 1000).toFixed(1)} s`;
}
