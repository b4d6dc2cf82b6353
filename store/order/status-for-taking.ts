import { openForTaking } from '../../domain/order/cancel-pieces';

/** SQL of the status of fulfillment `f` as who takes pieces out of it sees it: a supplier `w` that was shown it keeps it. */
export const statusForTaking = `
  CASE WHEN w.type = 'supplier' AND f.released_at IS NOT NULL AND f.status IN ('allocated', 'picking')
       THEN 'withSupplier' ELSE f.status END`;

/** SQL: pieces of fulfillment `f` at location `w` can still be taken out of it. */
export const isOpenForTaking = `
  ${statusForTaking} IN (${openForTaking.map((status) => `'${status}'`).join(', ')})`;
