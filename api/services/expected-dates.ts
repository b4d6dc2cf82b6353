import { invalidInput, type FieldError } from '../problem';

const dayMs = 86_400_000;

/** Whose day differs from ours by its time zone still says today. */
export const isOver = (expectedAt: string | undefined, now: Date): boolean =>
  expectedAt !== undefined && Date.parse(expectedAt) < now.getTime() - dayMs;

export const whatIsOver =
  'Lies in the past: nobody is promised goods that should have come already. Say when they come';

/** Goods that are announced for a day that is over would be overdue at once, and counted on by nobody. */
export function refusePast(now: Date, dates: { pointer: string; expectedAt?: string }[]): void {
  const problems = dates
    .filter(({ expectedAt }) => isOver(expectedAt, now))
    .map(({ pointer }): FieldError => ({ pointer, detail: whatIsOver }));
  if (problems.length > 0) throw invalidInput(problems);
}
