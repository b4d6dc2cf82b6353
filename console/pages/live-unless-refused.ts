import type { Visit } from '../visit';

/** Where a page hears of what changes. While a form is refused it does not: what it asks for would be taken away again. */
export const liveUnlessRefused = ({ problems }: Visit): string | null =>
  problems.length === 0 ? '/live' : null;
