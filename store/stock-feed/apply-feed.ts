import type { Database } from '../connect';
import { applyPortion } from './apply-portion';
import { beginFeed } from './begin-feed';
import { endFeed } from './end-feed';
import { readLanes, type Lane } from './lanes';
import { serveGrown } from './serve-grown';

/** As many rows as are kept, compared and told together. */
export const feedChunkRows = 5_000;

export interface ApplyFeedInput {
  feedId: string;
  at: string;
  /** So many transactions at most; then somebody else may have a turn. */
  portions: number;
}

/** Goes on with a feed where it stands; `applied` once there is nothing left of it to do. */
export async function applyFeed(
  db: Database,
  { feedId, at, portions }: ApplyFeedInput,
): Promise<{ outcome: 'more' | 'applied' }> {
  await beginFeed(db, feedId, feedChunkRows);
  await serveGrown(db, feedId, at);
  const lanes = await readLanes(db, feedId);
  const apply = (lane?: Lane) => applyLane(db, { feedId, at, portions }, lane);
  const ends = await Promise.all(lanes.map(apply));
  if (ends.includes('more') || (await apply()) === 'more') return { outcome: 'more' };
  await endFeed(db, feedId, at);
  return { outcome: 'applied' };
}

async function applyLane(
  db: Database,
  { feedId, at, portions }: ApplyFeedInput,
  lane?: Lane,
): Promise<'more' | 'none'> {
  for (let count = 0; count < portions; count += 1) {
    const step = await applyPortion(db, feedId, at, lane);
    if (step.outcome === 'none') return 'none';
    if (step.hasGrown) await serveGrown(db, feedId, at);
  }
  return 'more';
}
