import { setTimeout as sleep } from 'node:timers/promises';

/** Something that many wait for, each for their own, and that one asks for on behalf of all. */
export interface AskedForAll<Answer> {
  /** Fails when nothing was seen for too long. */
  waitFor(key: string): Promise<Answer>;
}

interface Waiting<Answer> {
  since: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

const patienceMs = 120_000;

/** `ask` is given what is waited for and answers what there is of it; asked again and again while anybody waits. */
export function askForAll<Answer>(
  everyMs: number,
  ask: (keys: string[]) => Promise<Iterable<[string, Answer]>>,
): AskedForAll<Answer> {
  const waiting = new Map<string, Waiting<Answer>>();
  let isAsking = false;

  async function askOnce(): Promise<void> {
    await sleep(everyMs);
    for (const [key, answer] of await ask([...waiting.keys()])) {
      waiting.get(key)?.resolve(answer);
      waiting.delete(key);
    }
    for (const [key, { since }] of waiting)
      if (performance.now() - since > patienceMs)
        throw new Error(`Nothing was seen of ${key} for ${patienceMs} ms`);
  }

  async function askWhileAnybodyWaits(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      while (waiting.size > 0) await askOnce();
    } catch (error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    } finally {
      isAsking = false;
    }
  }

  return {
    waitFor: (key) =>
      new Promise((resolve, reject) => {
        waiting.set(key, { since: performance.now(), resolve, reject });
        void askWhileAnybodyWaits();
      }),
  };
}
