import { decideReorder, inventoryPosition, waitingByLocation } from '../../domain/stock/reorder';
import type { Database } from '../connect';
import { lockSkus } from '../stock/lock-skus';
import { readOutlook } from '../supply/read-outlook';
import { inTransaction } from '../transaction';
import { addToDraft, lockDrafts } from './draft-reorder';
import type { ReorderPointRow } from './reorder-point-row';
import { findSupplierOf } from './supplier-of';
import { tellOffice, type Shortage } from './tell-office';

export interface ProposeReordersInput {
  skus: string[];
  at: string;
  /** Who is told; null when nobody is by mail. */
  office: { mail: string; url: string } | null;
}

/**
 * Looks at all places that reorder some SKUs: one at or below its point, and without a proposal that is open, gets
 * one, in the draft of its supplier and location. Two that look at once propose once: the SKU's lock lets one see
 * what the other did, and the index `reorder_proposals_once` refuses a second.
 */
export async function proposeReorders(db: Database, input: ProposeReordersInput): Promise<number> {
  return inTransaction(db, async (trx) => {
    await lockDrafts(trx);
    await lockSkus(trx, input.skus);
    const shortages: Shortage[] = [];
    for (const outlook of await readOutlook(trx, input.skus)) {
      const places = await readReplenished(trx, outlook.sku);
      const waiting = waitingByLocation(
        outlook,
        places.map(({ location_id }) => location_id),
      );
      for (const place of places) {
        const position = inventoryPosition(outlook, place.location_id, waiting.get(place.location_id) ?? 0);
        const shortage = await propose(
          trx,
          place,
          { ...position, point: place.point, target: place.target },
          input.at,
        );
        if (shortage) shortages.push(shortage);
      }
    }
    if (input.office && shortages.length > 0) await tellOffice(trx, input.office, shortages);
    return shortages.length;
  });
}

/** Places that reorder a SKU, the best first; with what they have proposed already. */
async function readReplenished(trx: Database, sku: string): Promise<Place[]> {
  return trx('reorder_points as r')
    .join('locations as l', 'l.id', 'r.location_id')
    .leftJoin('reorder_proposals as p', (on) =>
      on.on('p.sku', 'r.sku').andOn('p.location_id', 'r.location_id').andOnVal('p.is_open', true),
    )
    .where('r.sku', sku)
    .whereNot('r.mode', 'off')
    .orderBy(['l.priority', 'l.id'])
    .select('r.*', { proposal_id: 'p.id', purchase_order_id: 'p.purchase_order_id' });
}

type Place = ReorderPointRow & { proposal_id: number | null; purchase_order_id: string | null };
type Reasons = ReturnType<typeof inventoryPosition> & { point: number; target: number };

async function propose(trx: Database, place: Place, reasons: Reasons, at: string): Promise<Shortage | null> {
  const { sku, location_id: locationId, mode, owner } = place;
  // One that nobody could be asked for gets its supplier as soon as there is one.
  if (place.proposal_id !== null && place.purchase_order_id !== null) return null;
  const found = await findSupplierOf(trx, { sku, supplierId: place.supplier_id });
  const decision = decideReorder(reasons.position, place, found?.item ?? { packSize: 1, minimumQuantity: 1 });
  if (decision.outcome === 'enough' || mode === 'off') {
    await trx('reorder_proposals').where('id', place.proposal_id).update({ is_open: false });
    return null;
  }
  const { quantity } = decision;
  const id =
    place.proposal_id ?? (await writeProposal(trx, { sku, locationId, owner, quantity, reasons, at }));
  if (id === null || (place.proposal_id !== null && !found)) return null;
  if (!found) return { id, sku, locationId, quantity, reasons, purchaseOrder: null };
  const draft = await addToDraft(
    trx,
    { supplier: found.supplier, locationId, mode, at },
    { id, sku, quantity, reasons },
  );
  await trx('reorder_proposals').where({ id }).update({ purchase_order_id: draft.id, quantity });
  return { id, sku, locationId, quantity, reasons, purchaseOrder: draft.number };
}

/** Null when somebody else has proposed it already. */
async function writeProposal(
  trx: Database,
  { sku, locationId, owner, quantity, reasons, at }: Proposal,
): Promise<number | null> {
  const rows: { id: number }[] = await trx('reorder_proposals')
    .insert({ sku, location_id: locationId, owner, quantity, reasons: JSON.stringify(reasons), at })
    .onConflict(trx.raw('(sku, location_id) WHERE is_open'))
    .ignore()
    .returning('id');
  return rows[0]?.id ?? null;
}

interface Proposal {
  sku: string;
  locationId: string;
  owner: string;
  quantity: number;
  reasons: Reasons;
  at: string;
}
