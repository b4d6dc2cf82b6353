/**
 * Pieces of a line that may still come beyond what is expected of it, in percent of that and rounded down; `over` came
 * before.
 */
export const toleratedOver = (expected: number, overPercent: number, over: number): number =>
  Math.max(0, Math.floor((expected * overPercent) / 100) - over);
