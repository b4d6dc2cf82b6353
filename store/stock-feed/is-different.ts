/**
 * Of a row of a full feed (`n`) and the counters of its location (`h`), either of which may be missing: whether there is
 * anything to do. What moved after the feed was taken may have to be corrected even where the figures agree.
 */
export const isDifferent = `
  CASE WHEN n.sku IS NULL THEN h.on_hand > 0 OR h.unsellable > 0
       ELSE h.sku IS NULL OR h.on_hand <> n.quantity OR h.unsellable <> n.unsellable OR h.has_moved END`;
