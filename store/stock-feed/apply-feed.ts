import type { Database } from '../connect';
import { applyChunk } from './apply-chunk';
import { beginFeed } from './begin-feed';
import { endFeed } from './end-feed';
import { serveGrown } from './serve-grown';

/** As many rows as one transaction applies. */
export const feedChunkRows = 5_000;

export interface ApplyFeedInput {
  feedId: string;
  at: string;
  /** So many chunks at most; then somebody else may have a turn. */
  chunks: number;
}

/** Goes on with a feed where it stands; `applied` once there is nothing left of it to do. */
export async function applyFeed(
  db: Database,
  { feedId, at, chunks }: ApplyFeedInput,
): Promise<{ outcome: 'more' | 'applied' }> {
  await beginFeed(db, feedId, feedChunkRows);
  await serveGrown(db, feedId, at);
  for (let count = 0; count < chunks; count += 1) {
    const step = await applyChunk(db, feedId, at);
    if (step.outcome === 'none') {
      await endFeed(db, feedId, at);
      return { outcome: 'applied' };
    }
    if (step.hasGrown) await serveGrown(db, feedId, at);
  }
  return { outcome: 'more' };
}
