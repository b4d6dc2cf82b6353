import { dayText } from '../../domain/promise/day-text';
import { nameOfWaiting, nameTogether } from '../../domain/promise/leaves-with';
import { orderPromise } from '../../domain/promise/order-promise';
import { waitingPart } from '../../domain/promise/part-promise';
import { instant, instantOrNull } from '../instant';
import type { OrderRow } from './order-row';
import type { PromiseView, WaitView } from './order-view';

/** Work that was taken elsewhere or joined with other work promises nothing, nor do lines that wait no longer. */
export function promiseOf(row: OrderRow): PromiseView | null {
  const work = row.fulfillments
    .filter(({ status }) => status !== 'cancelled' && status !== 'gathered')
    .map((each) => ({ part: each.id, comesWith: nameOf(each, row) }));
  const waits = row.lines.some(({ backordered }) => backordered > 0);
  const waiting = { part: waitingPart, comesWith: nameOfWaiting(row.leaves_with) };
  return orderPromise(
    [...work, ...(waits ? [waiting] : [])].flatMap(({ part, comesWith }) => {
      const promise = row.promises?.[part];
      return promise ? [{ ...promise, comesWith }] : [];
    }),
  );
}

/** What is set aside until nothing waits, and what is still to become one pickup, comes together. */
function nameOf(
  { mode, status, destination, locationId, pickupLocationId, releasedAt }: OrderRow['fulfillments'][number],
  { leaves_with: leaves }: OrderRow,
): string | null {
  const isReady = ['readyForPickup', 'delivered', 'returned'].includes(status);
  const together = nameTogether(leaves, destination);
  if (together !== null && !isReady && (releasedAt === null || mode !== 'ship')) return together;
  if (mode === 'ship' || isReady) return null;
  return `collected:${pickupLocationId ?? locationId}:${destination ?? ''}`;
}

/** A wait, with what it is about, what is promised for it and what is to come. */
export function waitOf({ key, ...wait }: OrderRow['waits'][number], row: OrderRow): WaitView {
  const { promised, promises } = row;
  const promise = promises?.[key === 'backorder' ? waitingPart : key];
  const told = {
    ...{ ...wait, since: instant(wait.since), until: instantOrNull(wait.until) },
    ...(row.fulfillments.some(({ id }) => id === key) && { fulfillmentId: key }),
    ...(row.returns.some(({ id }) => id === key) && { returnId: key }),
    ...(promise && { promise }),
  };
  if (key !== 'backorder') return told;
  const supplies = promised.map((each) => ({ ...each, expectedAt: instant(each.expectedAt) }));
  const parts = supplies.map(
    ({ sku, quantity, expectedAt, reference }) =>
      `${quantity} × ${sku} by ${dayText(expectedAt.slice(0, 10))}${reference === null ? '' : ` with ${reference}`}`,
  );
  return { ...told, what: parts.length > 0 ? `${wait.what}: ${parts.join(', ')}` : wait.what, supplies };
}
