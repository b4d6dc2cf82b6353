import { reasonAgainstWaiting, type WaitingLine } from '../../domain/sourcing/waiting-terms';
import type { Candidate } from '../../domain/sourcing/types';
import type { Database } from '../connect';
import { candidateOf } from './candidate';

export interface PossibleSupplier {
  locationId: string;
  name: string;
  /** What speaks against it; null when it may supply the line. */
  against: string | null;
}

/** Every location, the best by priority first, with what speaks against it supplying a line that waits. */
export async function readWhoMaySupply(db: Database, backorderId: number): Promise<PossibleSupplier[]> {
  const line: WaitingLine | undefined = await db('backorders')
    .where('id', backorderId)
    .first(
      ...['sku', 'capability', 'only_location as onlyLocation', 'excluded', 'terms'],
      'pickup_location_id as pickupLocationId',
    );
  if (!line) return [];
  const answer = await db.raw<{ rows: { candidate: Candidate }[] }>(
    `SELECT ${candidateOf(':sku')} AS candidate FROM locations AS l
     ORDER BY l.type = 'supplier', l.priority, l.id`,
    { sku: line.sku },
  );
  return answer.rows.map(({ candidate }) => ({
    locationId: candidate.locationId,
    name: candidate.name,
    against: reasonAgainstWaiting(candidate, line),
  }));
}
