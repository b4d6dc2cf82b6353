import { z } from 'zod';
import type { ReorderPoint } from '../../store/reorder/reorder-point-row';
import type { ReorderPointBody } from '../contract/reorder';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { invalidInput } from '../problem';
import { whileSeen, type Seen } from '../seen';

const placeCursor = z.object({ sku: z.string().max(300), locationId: z.string().max(300) });
const idCursor = z.object({ id: z.int().min(0) });
type Paging = { limit: number; cursor?: string };

/** What people set of a reorder point; what is computed changes by itself. */
export const reorderTerms = (of: ReorderPoint) => ({
  ...{ mode: of.mode, computed: of.computed, supplierId: of.supplierId, owner: of.owner },
  ...{ serviceLevel: of.serviceLevel, coverDays: of.coverDays },
  ...(!of.computed && { point: of.point, target: of.target }),
});

export function createReorder({ store, now }: ApiDependencies) {
  return {
    async savePoint(place: { sku: string; locationId: string }, body: ReorderPointBody, seen?: Seen) {
      const { point = 0, target = point, supplierId = null, computed, ...fields } = body;
      const saved = await store.saveReorderPoint(
        {
          ...{ ...place, ...fields, supplierId },
          levels: computed ? null : { point, target },
          at: now().toISOString(),
        },
        whileSeen(seen, 'this reorder point', reorderTerms),
      );
      if (saved.outcome === 'invalid') throw invalidInput(saved.problems);
      return saved.point;
    },

    async listPoints({ cursor, ...query }: Paging & { sku?: string; locationId?: string }) {
      const after = decodeCursor(placeCursor, cursor);
      return asList(await store.listReorderPoints({ ...query, after }), (point) => point);
    },

    async listProposals({
      cursor,
      open,
      ...query
    }: Paging & { open?: 'true' | 'false'; sku?: string; locationId?: string }) {
      const before = decodeCursor(idCursor, cursor)?.id;
      const isOpen = open === undefined ? undefined : open === 'true';
      return asList(await store.listReorderProposals({ ...query, isOpen, before }), (proposal) => proposal);
    },
  };
}
