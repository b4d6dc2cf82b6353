/** SQL of the pieces that are promised to backorder `b`: of what is announced, and of what was asked to be sent for it. */
export const promisedTo = (b: string): string => `
  SELECT i.key, p.quantity, i.expected_at, i.location_id, i.purchase_order_id, i.reference
  FROM backorder_promises AS p JOIN incoming_supply AS i ON i.id = p.supply_id WHERE p.backorder_id = ${b}.id
  UNION ALL
  SELECT t.id, p.quantity, p.expected_at, t.to_location_id, NULL, NULL
  FROM transfer_promises AS p JOIN stock_transfers AS t ON t.id = p.transfer_id WHERE p.backorder_id = ${b}.id`;
