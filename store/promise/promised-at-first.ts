/** SQL of the last day that the customer of an order was told at first: of the confirmation, or of the payment it waited for. */
export const promisedAtFirst = (orderId: string): string => `
  (SELECT CASE WHEN bool_and(latest IS NOT NULL) THEN max(latest) END FROM order_promises
   WHERE order_id = ${orderId} AND key = (
     SELECT key FROM order_promises WHERE order_id = ${orderId} AND key IN ('paid', 'confirmed')
     ORDER BY id DESC LIMIT 1))`;
