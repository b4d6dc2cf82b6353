import type { ConsoleDependencies } from '../dependencies';
import type { Visit } from '../desk';
import { queryOf, urlWith } from './query';

const storyLength = 50;

/** The newest of the story, or what came before; an action is answered with the newest. */
export async function readStory(
  services: ConsoleDependencies['services'],
  visit: Visit,
  id: string,
  url: string,
) {
  const { story: cursor } = visit.req.method === 'GET' ? queryOf(visit.req, ['story']) : {};
  const page = await services.orders.timeline(visit.principal, id, {
    limit: storyLength,
    cursor,
    order: 'newest',
  });
  const next = 'nextCursor' in page ? page.nextCursor : undefined;
  return {
    events: page.items,
    pages: {
      isFirstPage: cursor === undefined,
      firstUrl: url,
      nextUrl: next && urlWith(url, { story: next }),
    },
  };
}
