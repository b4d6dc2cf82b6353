import { Problem } from '../problem';

/** A file of which nothing is taken, because as a whole it cannot be trusted. */
export const unreadableFeed = (what: string, whatToDo: string): Problem =>
  new Problem({
    status: 422,
    kind: 'unreadable-feed',
    title: 'The feed cannot be read',
    detail: `${what}: ${whatToDo}. Nothing of it was taken.`,
  });

export const cutFeed = (what: string): Problem =>
  unreadableFeed(`${what}: the file seems to be cut`, 'send the whole');
