import { wholePromise } from '../../domain/promise/order-promise';
import { waitingPart } from '../../domain/promise/part-promise';
import { instant, instantOrNull } from '../instant';
import type { OrderRow } from './order-row';
import type { PromiseView, WaitView } from './order-view';

/** Work that was taken elsewhere promises nothing, nor do lines that wait no longer. */
export function promiseOf({ promises, fulfillments, lines }: OrderRow): PromiseView | null {
  const parts = fulfillments.filter(({ status }) => status !== 'cancelled').map(({ id }) => id);
  if (lines.some(({ backordered }) => backordered > 0)) parts.push(waitingPart);
  return wholePromise(parts.flatMap((part) => promises?.[part] ?? []));
}

/** A wait, with what is promised for it and what is to come. */
export function waitOf(
  { key, ...wait }: OrderRow['waits'][number],
  { promised, promises }: OrderRow,
): WaitView {
  const promise = promises?.[key === 'backorder' ? waitingPart : key];
  const told = {
    ...{ ...wait, since: instant(wait.since), until: instantOrNull(wait.until) },
    ...(promise && { promise }),
  };
  if (key !== 'backorder') return told;
  const supplies = promised.map((each) => ({ ...each, expectedAt: instant(each.expectedAt) }));
  const parts = supplies.map(
    ({ sku, quantity, expectedAt, reference }) =>
      `${quantity} × ${sku} by ${expectedAt.slice(0, 10)}${reference === null ? '' : ` with ${reference}`}`,
  );
  return { ...told, what: parts.length > 0 ? `${wait.what}: ${parts.join(', ')}` : wait.what, supplies };
}
