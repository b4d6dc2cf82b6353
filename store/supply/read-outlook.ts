import type { Outlook } from '../../domain/stock/available-at';
import type { Claim, Supply } from '../../domain/stock/promise-supply';
import { usualArrival } from '../../domain/stock/transfer';
import type { Database } from '../connect';
import { readKeepBack } from '../buffer/read-keep-back';
import { instant } from '../instant';
import { candidateOf } from '../stock/candidate';
import { awaitedRows, meantOf, type AwaitedRow } from '../stock-transfer/read-meant';

type SkuOutlook = Outlook & { sku: string };

type Row = Omit<SkuOutlook, 'waiting' | 'supplies'> & {
  waiting: (Omit<Claim, 'keepBack'> & { channel: string })[];
  supplies: (Supply & { key: string })[];
  awaited: AwaitedRow[];
};

/** All that is known of the future of some SKUs, stock and supply of one moment. SKUs that lie nowhere have no places. */
export async function readOutlook(db: Database, skus: readonly string[]): Promise<SkuOutlook[]> {
  const answer = await db.raw<{ rows: Row[] }>(sql, [[...skus]]);
  const keepBack = await readKeepBack(db, skus);
  return answer.rows.map(({ awaited, ...row }) => ({
    ...row,
    waiting: row.waiting.map(({ channel, ...claim }) => ({
      ...claim,
      keepBack: Object.fromEntries(
        row.places.map(({ locationId }) => [locationId, keepBack({ channel, locationId, sku: row.sku })]),
      ),
    })),
    supplies: suppliesOf(row.supplies, awaited),
  }));
}

/** What is announced, and what locations were asked to send to lines that wait: each with whom it is meant for. */
function suppliesOf(announced: Row['supplies'], awaited: readonly AwaitedRow[]): Supply[] {
  const meant = meantOf(awaited);
  const meantFor = (id: string) => meant.filter(({ transferId }) => transferId === id);
  const transferOf = new Map(awaited.map((row) => [`transfer:${row.transferId}:${row.sku}`, row.transferId]));
  const coming = announced.map(({ key, ...supply }) => {
    const transferId = transferOf.get(key);
    return {
      ...{ ...supply, expectedAt: instant(supply.expectedAt) },
      ...(transferId !== undefined && { meantFor: meantFor(transferId) }),
    };
  });
  const requested = new Map(
    awaited.filter(({ isUnderWay }) => !isUnderWay).map((row) => [row.transferId, row]),
  );
  const asked = [...requested.values()].map((row, index) => ({
    // It has no row among what is announced, and so no number there.
    id: -1 - index,
    locationId: row.toLocationId,
    quantity: meantFor(row.transferId).reduce((sum, { quantity }) => sum + quantity, 0),
    expectedAt: row.expectedAt === null ? usualArrival(row.requestedAt) : instant(row.expectedAt),
    meantFor: meantFor(row.transferId),
    requestedTransferId: row.transferId,
  }));
  return [...coming, ...asked.filter(({ quantity }) => quantity > 0)];
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
              'id', i.id, 'key', i.key, 'locationId', i.location_id, 'quantity', i.quantity - i.received,
              'expectedAt', i.expected_at) ORDER BY i.expected_at, i.id), '[]')
     FROM incoming_supply AS i WHERE i.sku = w.sku AND i.received < i.quantity) AS supplies,
    (SELECT coalesce(json_agg(json_build_object(
              'id', b.id, 'quantity', b.open, 'capability', b.capability,
              'pickupLocationId', b.pickup_location_id,
              'onlyLocation', b.only_location, 'excluded', b.excluded, 'terms', b.terms, 'sku', b.sku,
              'channel', o.channel) ORDER BY b.since, b.id), '[]')
     FROM backorders AS b JOIN orders AS o ON o.id = b.order_id WHERE b.sku = w.sku AND b.open > 0) AS waiting,
    (SELECT coalesce(json_agg(a), '[]') FROM (${awaitedRows('b.sku = w.sku AND b.open > 0')}) AS a) AS awaited
  FROM (SELECT DISTINCT sku FROM unnest(?::text[]) AS u (sku)) AS w ORDER BY w.sku`;
