import { setTimeout as delay } from 'node:timers/promises';

const firstPauseMs = 20;
const longestPauseMs = 160;

interface Waiter {
  subject: string;
  until: number;
  goOn(): void;
  fail(error: unknown): void;
}

/**
 * Many wait, each for their own subject, and one question asks for all of them: under load a wait costs a share of a
 * question, not questions of its own. `ask` is given the subjects, each once, and answers those that are still to be
 * waited for. The first looks come quickly, so that who waits alone hears soon; a question that fails is everybody's
 * who was asked for.
 */
export function createWaitTogether(ask: (subjects: string[]) => Promise<readonly string[]>) {
  const waiting = new Set<Waiter>();
  let isAsking = false;

  async function look(): Promise<void> {
    const asked = [...waiting];
    try {
      const awaited = new Set(await ask([...new Set(asked.map(({ subject }) => subject))]));
      const now = performance.now();
      for (const waiter of asked)
        if (!awaited.has(waiter.subject) || waiter.until <= now) end(waiter, waiter.goOn);
    } catch (error) {
      for (const waiter of asked) end(waiter, () => waiter.fail(error));
    }
  }

  function end(waiter: Waiter, tell: () => void): void {
    waiting.delete(waiter);
    tell();
  }

  async function askWhileAnybodyWaits(): Promise<void> {
    isAsking = true;
    for (let pause = firstPauseMs; waiting.size > 0; pause = Math.min(pause * 2, longestPauseMs)) {
      await delay(pause);
      await look();
    }
    isAsking = false;
  }

  /** Returns when the subject is not to be waited for any more, or the time is up. */
  return (subject: string, withinMs: number): Promise<void> =>
    new Promise((goOn, fail) => {
      waiting.add({ subject, until: performance.now() + withinMs, goOn, fail });
      if (!isAsking) void askWhileAnybodyWaits();
    });
}
