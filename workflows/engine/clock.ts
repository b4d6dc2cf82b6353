import { condition } from '@temporalio/workflow';

/** The workflow's own time, for everything that it has written down. */
export const now = (): string => new Date(Date.now()).toISOString();
export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** Waits for one of several things or a deadline; false when the deadline passed. A past deadline still looks once. */
export async function waitUntil(what: () => boolean, deadline: number | null): Promise<boolean> {
  if (what()) return true;
  if (deadline === null) {
    await condition(what);
    return true;
  }
  const left = deadline - Date.now();
  return left > 0 ? condition(what, left) : false;
}
