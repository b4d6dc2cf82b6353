import type { Database } from '../connect';
import { prepared } from '../prepared';

export interface AcceptedOrder {
  id: string;
  channel: string;
  externalReference: string;
}

/** Keeps which order an id means while its workflow has not recorded it. Twice is once. */
export async function acceptOrder(db: Database, order: AcceptedOrder): Promise<void> {
  const { id, channel, externalReference } = order;
  await prepared(db, sql, { id, channel, externalReference });
}

const sql = `
  INSERT INTO accepted_orders (id, channel, external_reference) VALUES (:id, :channel, :externalReference)
  ON CONFLICT DO NOTHING`;
