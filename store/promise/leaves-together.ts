/**
 * SQL: what waits of order `o` was decided to leave, or to be collected, together with what is there. Null where nothing
 * waits.
 */
export const leavesTogether = `
  (SELECT bool_or(jsonb_exists_any(d.decision, ARRAY['waitsTogether', 'gathersAll']))
   FROM backorders AS b JOIN sourcing_decisions AS d ON d.order_id = b.order_id AND d.round = b.round
   WHERE b.order_id = o.id AND b.open > 0)`;
