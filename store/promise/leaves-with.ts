const asOne = (decision: string): string =>
  `jsonb_exists_any(${decision}, ARRAY['leavesAsOne', 'gathersAll'])`;

/**
 * SQL: with what the pieces of order `o` that wait were decided to leave, or to be collected: `LeavesWith` of the promise.
 * Null where nothing waits.
 */
export const leavesWith = `
  (SELECT json_build_object(
     'all', bool_or(jsonb_exists(d.decision, 'waitsTogether')),
     'places', coalesce(json_agg(DISTINCT coalesce(b.destination, '')) FILTER (WHERE
       CASE WHEN jsonb_exists(d.decision, 'destinations')
         THEN EXISTS (SELECT 1 FROM jsonb_array_elements(d.decision -> 'destinations') AS p
                      WHERE coalesce(p ->> 'destination', '') = coalesce(b.destination, '')
                        AND ${asOne("(p -> 'decision')")})
         ELSE ${asOne('d.decision')} END), '[]'),
     'waiting', json_agg(DISTINCT coalesce(b.destination, '')))
   FROM backorders AS b JOIN sourcing_decisions AS d ON d.order_id = b.order_id AND d.round = b.round
   WHERE b.order_id = o.id AND b.open > 0 HAVING count(*) > 0)`;
