/** SQL: what waits of order `o` was decided to leave together with what is there. Null where nothing waits. */
export const leavesTogether = `
  (SELECT bool_or(jsonb_exists(d.decision, 'waitsTogether'))
   FROM backorders AS b JOIN sourcing_decisions AS d ON d.order_id = b.order_id AND d.round = b.round
   WHERE b.order_id = o.id AND b.open > 0)`;
