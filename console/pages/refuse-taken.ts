import { conflict, Problem } from '../../api/problem';

/** What is added must not replace what is there: throws when it is found. */
export async function refuseTaken(name: string, find: () => Promise<unknown>): Promise<void> {
  try {
    await find();
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return;
    throw error;
  }
  throw conflict(`"${name}" is there already: choose another, or change that one`);
}
