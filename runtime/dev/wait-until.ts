import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again, every few milliseconds, until the answer is yes; false when the deadline
 * (in milliseconds) passes first. A question that throws counts as a no.
 */
export async function waitUntil(
  question: () => boolean | Promise<boolean>,
  deadlineMs: number,
  everyMs = 25,
): Promise<boolean> {
  const until = Date.now() + deadlineMs;
  for (;;) {
    if (await asksYes(question)) return true;
    if (Date.now() >= until) return false;
    await sleep(everyMs);
  }
}

async function asksYes(question: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await question();
  } catch {
    return false;
  }
}
