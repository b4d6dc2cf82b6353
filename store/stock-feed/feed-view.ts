import type { FeedMode } from '../../domain/stock/feed';
import { instant, instantOrNull } from '../instant';

export interface StockFeed {
  id: string;
  locationId: string;
  mode: FeedMode;
  takenAt: string;
  reference: string | null;
  actor: string;
  /** `accepted`: waits for its turn. */
  state: 'accepted' | 'applying' | 'applied';
  rows: { read: number; applied: number; unchanged: number; refused: number };
  /** Places that a full feed did not name and that were set to 0, or to what orders hold. */
  unnamed: number;
  remark: string | null;
  receivedAt: string;
  appliedAt: string | null;
  /** Since when its rows and their report are gone; null while they can be read. */
  rowsForgottenAt: string | null;
}

export interface FeedRecord {
  id: string;
  location_id: string;
  mode: FeedMode;
  taken_at: Date;
  reference: string | null;
  actor: string;
  state: StockFeed['state'] | 'receiving';
  position: number | null;
  content_hash: string | null;
  is_ascending: boolean;
  follows: number | null;
  compared_to: string | null;
  rows_read: number;
  applied: number;
  unchanged: number;
  refused: number;
  unnamed: number;
  remark: string | null;
  received_at: Date;
  applied_at: Date | null;
  rows_forgotten_at: Date | null;
}

export const feedOf = (row: FeedRecord): StockFeed => ({
  id: row.id,
  locationId: row.location_id,
  mode: row.mode,
  takenAt: instant(row.taken_at),
  reference: row.reference,
  actor: row.actor,
  state: row.state as StockFeed['state'],
  rows: { read: row.rows_read, applied: row.applied, unchanged: row.unchanged, refused: row.refused },
  unnamed: row.unnamed,
  remark: row.remark,
  receivedAt: instant(row.received_at),
  appliedAt: instantOrNull(row.applied_at),
  rowsForgottenAt: instantOrNull(row.rows_forgotten_at),
});
