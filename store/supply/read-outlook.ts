import type { Outlook } from '../../domain/stock/available-at';
import type { Claim } from '../../domain/stock/promise-supply';
import type { Database } from '../connect';
import { readKeepBack } from '../buffer/read-keep-back';
import { instant } from '../instant';
import { candidateOf } from '../stock/candidate';

type SkuOutlook = Outlook & { sku: string };

type Row = Omit<SkuOutlook, 'waiting'> & { waiting: (Omit<Claim, 'keepBack'> & { channel: string })[] };

/** All that is known of the future of some SKUs, stock and supply of one moment. SKUs that lie nowhere have no places. */
export async function readOutlook(db: Database, skus: readonly string[]): Promise<SkuOutlook[]> {
  const answer = await db.raw<{ rows: Row[] }>(sql, [[...skus]]);
  const keepBack = await readKeepBack(db, skus);
  return answer.rows.map((row) => ({
    ...row,
    waiting: row.waiting.map(({ channel, ...claim }) => ({
      ...claim,
      keepBack: Object.fromEntries(
        row.places.map(({ locationId }) => [locationId, keepBack({ channel, locationId, sku: row.sku })]),
      ),
    })),
    supplies: row.supplies.map((supply) => ({ ...supply, expectedAt: instant(supply.expectedAt) })),
  }));
}

const sql = `
  SELECT w.sku,
    (SELECT coalesce(json_agg(json_build_object(
              'locationId', s.location_id, 'capabilities', l.capabilities,
              'counters', json_build_object('onHand', s.on_hand, 'unsellable', s.unsellable,
                'reserved', s.reserved, 'allocated', s.allocated, 'safetyStock', s.safety_stock),
              'candidate', CASE WHEN EXISTS (
                SELECT 1 FROM backorders AS b WHERE b.sku = w.sku AND b.open > 0 AND b.terms IS NOT NULL
              ) THEN ${candidateOf('s.sku')} END)
              ORDER BY s.location_id), '[]')
     FROM stock AS s JOIN locations AS l ON l.id = s.location_id WHERE s.sku = w.sku) AS places,
    (SELECT coalesce(json_agg(json_build_object(
              'id', i.id, 'locationId', i.location_id, 'quantity', i.quantity - i.received,
              'expectedAt', i.expected_at) ORDER BY i.expected_at, i.id), '[]')
     FROM incoming_supply AS i WHERE i.sku = w.sku AND i.received < i.quantity) AS supplies,
    (SELECT coalesce(json_agg(json_build_object(
              'id', b.id, 'quantity', b.open, 'capability', b.capability,
              'onlyLocation', b.only_location, 'excluded', b.excluded, 'terms', b.terms, 'sku', b.sku,
              'channel', o.channel) ORDER BY b.since, b.id), '[]')
     FROM backorders AS b JOIN orders AS o ON o.id = b.order_id WHERE b.sku = w.sku AND b.open > 0) AS waiting
  FROM (SELECT DISTINCT sku FROM unnest(?::text[]) AS u (sku)) AS w ORDER BY w.sku`;
