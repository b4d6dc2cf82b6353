import type { Visit } from '../visit';

/** Whether a form asks why something is ordered anyway: what was refused may be, or a reason was given already. */
export const asksWhy = ({ form, problems }: Visit): boolean =>
  Boolean(form.anyway) || problems.some(({ anyway }) => anyway);
