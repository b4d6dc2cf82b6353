/** What one benchmark found: figures for the table, and whatever else explains them. */
export interface BenchResult {
  name: string;
  title: string;
  figures: Figure[];
  /** What a reader of the figures wants to know next, a sentence each. */
  notes?: string[];
  details: Record<string, unknown>;
}

export interface Figure {
  what: string;
  value: number;
  unit?: string;
  goal?: { atLeast: number } | { atMost: number };
}

/** Null where no goal was set. */
export function meetsGoal({ value, goal }: Figure): boolean | null {
  if (!goal) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** What a benchmark is given. */
export interface BenchContext {
  /** Small sizes: to see that it works, not to be believed. */
  isQuick: boolean;
  say: (message: string) => void;
}
