import { setTimeout as delay } from 'node:timers/promises';

const firstPauseMs = 20;
const longestPauseMs = 400;

/**
 * Asks again and again, at growing intervals, until the answer is enough or the time is up; the last answer
 * counts either way.
 */
export async function pollUntil<T>(
  ask: () => Promise<T>,
  isEnough: (answer: T) => boolean,
  withinMs: number,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
    const answer = await ask();
    const left = deadline - performance.now();
    if (isEnough(answer) || left <= 0) return answer;
    await delay(Math.min(pause, left));
  }
}
