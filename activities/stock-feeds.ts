import { keepAlive } from './alive';
import type { ActivityDependencies } from './dependencies';

/** Some seconds of work: what is lost when a worker dies, and how long another location waits for a turn. */
const portionsAtOnce = 20;

/** What the import of feeds can have done, by name. The names are in histories: never rename one. */
export function createStockFeedActivities({ store }: Pick<ActivityDependencies, 'store'>) {
  return keepAlive({
    /** The feed of a location whose turn it is. */
    async nextStockFeed({ locationId }: { locationId: string }): Promise<{ feedId: string | null }> {
      return { feedId: await store.nextFeed(locationId) };
    },

    /** Goes on with a feed where it stands: each of its portions is applied once, whoever asks how often. */
    applyStockFeed: ({
      feedId,
      at,
    }: {
      feedId: string;
      at: string;
    }): Promise<{ outcome: 'more' | 'applied' }> => store.applyFeed({ feedId, at, portions: portionsAtOnce }),
  });
}

export type StockFeedActivities = ReturnType<typeof createStockFeedActivities>;
