/** When a simulation will be over if it goes on as it did; null while nobody can say. */
export function expectedEnd(
  { done, total, beganAt }: { done: number; total: number | null; beganAt: string | null },
  now: string,
): string | null {
  if (beganAt === null || total === null || done === 0) return null;
  const spentMs = Date.parse(now) - Date.parse(beganAt);
  const leftMs = (Math.max(0, spentMs) / done) * Math.max(0, total - done);
  return new Date(Date.parse(now) + leftMs).toISOString();
}
