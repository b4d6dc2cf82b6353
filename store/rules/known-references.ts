import type { KnownReferences } from '../../domain/rules/problems';
import type { Database } from '../connect';

/** What rules may refer to: the ids of all locations and the codes of all channels. */
export async function readKnownReferences(db: Database): Promise<Required<KnownReferences>> {
  const [locationIds, channels] = await Promise.all([
    db('locations').pluck('id'),
    db('channels').pluck('code'),
  ]);
  return { locationIds, channels };
}
