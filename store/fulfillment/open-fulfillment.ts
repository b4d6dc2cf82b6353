import type { Knex } from 'knex';
import type { CommandResult, OrderSignal } from '../../domain/commands';
import { orderWorkflowId } from '../../domain/ids';
import type { OrderSettings } from '../../domain/order/settings';
import type { FulfillmentState } from '../../domain/order/states';
import {
  allowedFulfillmentActions,
  isAllowed,
  isAlreadyDone,
  type FulfillmentAction,
  type FulfillmentMode,
} from '../../domain/shipping/fulfillment-actions';
import type { WorkRefusal } from '../../domain/shipping/work-refusals';
import { prepared } from '../prepared';

/** A fulfillment locked for a change, with what its steps need to know of the order. */
export interface OpenFulfillment {
  id: string;
  orderId: string;
  orderNumber: string;
  workflowId: string;
  locationId: string;
  locationName: string;
  mode: FulfillmentMode;
  status: FulfillmentState;
  /** The work lies at a supplier. */
  isDropship: boolean;
  /** Of an internal order: where its goods go. */
  toLocationId: string | null;
  /** Of what is sent there: the store at which the customer collects. */
  pickupLocationId: string | null;
  pickupLocationName: string | null;
  /** Null: the order's own address. */
  destination: string | null;
  orderStatus: string;
  settings: Partial<OrderSettings>;
  lines: { lineId: string; sku: string; quantity: number; allocationKey: string }[];
}

interface Row {
  id: string;
  order_id: string;
  location_id: string;
  location_name: string;
  mode: FulfillmentMode;
  status: FulfillmentState;
  released_at: Date | null;
  reject_reason: string | null;
  isDropship: boolean;
  to_location_id: string | null;
  pickup_location_id: string | null;
  pickup_location_name: string | null;
  destination: string | null;
  number: string;
  order_status: string;
  channel: string;
  external_reference: string;
  settings: Partial<OrderSettings>;
  lines: OpenFulfillment['lines'];
}

export type Opened =
  | { state: 'open'; fulfillment: OpenFulfillment }
  | { state: 'alreadyDone'; fulfillment: OpenFulfillment }
  | { state: 'answered'; answer: Exclude<CommandResult<never>, { outcome: 'done' }> };

/**
 * Locks a fulfillment for an action: open for it, past it already, or the refusal to give back. What a carrier
 * reports has happened, whatever a hold forbids: `isFact` says so.
 */
export async function openFulfillment(
  trx: Knex.Transaction,
  id: string,
  action: FulfillmentAction,
  { isFact = false }: { isFact?: boolean } = {},
): Promise<Opened> {
  const answer = await prepared<{ rows: Row[] }>(trx, sql, [id]);
  const row = answer.rows[0];
  if (!row)
    return { state: 'answered', answer: { outcome: 'notFound', detail: `There is no fulfillment ${id}` } };
  const fulfillment = asFulfillment(row);
  if (isAlreadyDone(action, { ...fulfillment, rejected: row.reject_reason !== null }))
    return { state: 'alreadyDone', fulfillment };
  const refused = isFact && isAllowed(action, row) ? null : refusal(row, action);
  if (refused === null) return { state: 'open', fulfillment };
  const allowed = row.released_at && row.order_status !== 'onHold' ? allowedFulfillmentActions(row) : [];
  return { state: 'answered', answer: { outcome: 'notAllowed', ...refused, allowed } };
}

function refusal(row: Row, action: FulfillmentAction): { code: WorkRefusal; because: string } | null {
  if (!isAllowed(action, row))
    return {
      code: 'notInThisState',
      because: `A ${row.mode} fulfillment that is ${row.status} cannot be asked to ${action}`,
    };
  if (row.order_status === 'onHold')
    return { code: 'onHold', because: 'The order is on hold: release the hold first' };
  return row.released_at === null ? { code: 'notShown', because: notShown(row) } : null;
}

/** Why the location has not been asked for it yet. */
const notShown = (row: Row): string =>
  row.order_status === 'confirmed'
    ? 'The work is not shown yet: the customer may still change the order, or the rest of it is waited for'
    : 'The order is not confirmed yet: its payment is still awaited';

const sql = `
  SELECT f.id, f.order_id, f.location_id, f.mode, f.status, f.released_at, f.reject_reason, f.destination,
         f.pickup_location_id,
         (SELECT s.name FROM locations AS s WHERE s.id = f.pickup_location_id) AS pickup_location_name,
         o.status AS order_status, o.number, o.content #>> '{delivery,toLocationId}' AS to_location_id, o.channel, o.external_reference, c.settings, p.name AS location_name,
         p.type = 'supplier' AS "isDropship",
         (SELECT jsonb_agg(jsonb_build_object('lineId', l.line_id, 'sku', l.sku, 'quantity', l.quantity,
                                              'allocationKey', l.allocation_key) ORDER BY l.line_id)
          FROM fulfillment_lines AS l WHERE l.fulfillment_id = f.id) AS lines
  FROM fulfillments AS f
  JOIN orders AS o ON o.id = f.order_id
  JOIN channels AS c ON c.code = o.channel
  JOIN locations AS p ON p.id = f.location_id
  WHERE f.id = ? FOR UPDATE OF f`;

const asFulfillment = (row: Row): OpenFulfillment => ({
  id: row.id,
  orderId: row.order_id,
  orderNumber: row.number,
  workflowId: orderWorkflowId(row.channel, row.external_reference),
  locationId: row.location_id,
  locationName: row.location_name,
  mode: row.mode,
  status: row.status,
  isDropship: row.isDropship,
  toLocationId: row.to_location_id,
  pickupLocationId: row.pickup_location_id,
  pickupLocationName: row.pickup_location_name,
  destination: row.destination,
  orderStatus: row.order_status,
  settings: row.settings,
  lines: row.lines,
});

/** The news of a fulfillment for its order; the key makes it the same news however often it is told. */
export const fulfillmentNews = (
  fulfillment: OpenFulfillment,
  signal: string,
  more: Record<string, unknown> = {},
): OrderSignal => ({
  key: `${signal}:${fulfillment.id}`,
  workflowId: fulfillment.workflowId,
  signal,
  args: [{ fulfillmentId: fulfillment.id, ...more }],
});
