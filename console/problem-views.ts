import { Problem } from '../api/problem';
import type { View } from './views';
import { problemInWords } from './words/fields';

/** A problem that a page meets becomes a page that tells it. */
export async function viewOf(build: () => Promise<View>): Promise<View> {
  try {
    return await build();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return viewOfProblem(error);
  }
}

export const viewOfProblem = (problem: Problem): View =>
  problemView(problem.status === 404 ? 'Not found' : 'Not possible', problemInWords(problem), problem.status);

export const problemView = (title: string, detail: string, status: number): View => ({
  template: 'problem',
  title,
  status,
  data: { title, detail },
});

export const refusalView = (role: string): View =>
  problemView('Not for this role', `The role ${role} may not do or see this. Sign in with another key.`, 403);

export const staleFormView: View = problemView(
  'This form is out of date',
  'Nothing was changed. Go back, reload the page and send the form again.',
  403,
);
