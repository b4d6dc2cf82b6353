import type { Knex } from 'knex';
import type { CommandResult, OrderSignal } from '../../domain/commands';
import { orderSettings } from '../../domain/order/settings';
import type { Database } from '../connect';
import { recordStep, type StepPart } from '../story/record-step';
import { shipAllocations } from '../stock/ship-allocations';
import { sendWork } from '../stock-transfer/send-work';
import { inTransaction } from '../transaction';
import { moveWork } from './move-work';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

/** Staff handed the cartons to the carrier: stock leaves, and the order hears of it and captures. */
export async function shipFulfillment(db: Database, command: FulfillmentCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'ship');
    if (opened.state === 'answered') return opened.answer;
    if (opened.state === 'open' && opened.fulfillment.status !== 'packed')
      return { outcome: 'invalid', problems: [unlabelled] };
    const signals = [fulfillmentNews(opened.fulfillment, 'shipped')];
    if (opened.state === 'open') await markShipped(trx, opened.fulfillment, command, signals);
    return { outcome: 'done', value: {}, signals };
  });
}

/** A supplier may ship what has no label of ours, but then its parcels must be known. */
const unlabelled = {
  pointer: '/packages',
  detail: 'Must name the parcels, with carrier and tracking number: no label of ours was made',
};

/** What follows from a hand-over, whether staff or the carrier's first scan reports it. */
export async function markShipped(
  trx: Knex.Transaction,
  fulfillment: OpenFulfillment,
  command: FulfillmentCommand,
  signals: OrderSignal[],
): Promise<void> {
  const { at } = command;
  await takeOut(trx, fulfillment, command);
  await recordStep(trx, shippedStep(fulfillment, command, signals), [
    moveWork({ fulfillmentId: fulfillment.id, status: leavesAs(fulfillment), at }),
    moveParcels(fulfillment.id, at),
  ]);
}

const leavesAs = ({ pickupLocationId }: OpenFulfillment) =>
  pickupLocationId === null ? ('shipped' as const) : ('toStore' as const);

/** To a customer it is sold; to a place of ours it is under way, and still ours; to a pickup it is the order's. */
export async function takeOut(
  trx: Knex.Transaction,
  fulfillment: OpenFulfillment,
  { actor, at }: FulfillmentCommand,
): Promise<void> {
  const { toLocationId, pickupLocationId } = fulfillment;
  if (toLocationId !== null) return sendWork(trx, { ...fulfillment, toLocationId }, { actor, at });
  const keys = fulfillment.lines.map((line) => line.allocationKey);
  const cause = pickupLocationId === null ? 'shipment' : 'sentToStore';
  await shipAllocations(trx, { keys, cause, at, actor, reference: fulfillment.id });
}

const moveParcels = (fulfillmentId: string, at: string): StepPart => ({
  sql: `
  moved_parcels AS (
    UPDATE packages SET status = 'shipped', status_at = :leftAt WHERE fulfillment_id = :leftWith)`,
  bindings: { leftWith: fulfillmentId, leftAt: at },
});

const takingIn = (location: string): string => `the staff of ${location} to take the goods in`;

function shippedStep(
  fulfillment: OpenFulfillment,
  command: FulfillmentCommand,
  signals: OrderSignal[],
): Parameters<typeof recordStep>[1] {
  const { deliverWithinMs } = orderSettings(fulfillment.settings);
  const ours = fulfillment.toLocationId ?? fulfillment.pickupLocationName;
  return {
    orderId: fulfillment.orderId,
    at: command.at,
    signals,
    events: [
      {
        key: `shipped:${fulfillment.id}`,
        type: 'shipped',
        actor: command.actor,
        data: { fulfillmentId: fulfillment.id, locationId: fulfillment.locationId },
      },
    ],
    waits: [
      {
        key: fulfillment.id,
        what: ours === null ? 'the carrier to deliver' : takingIn(ours),
        until: new Date(Date.parse(command.at) + deliverWithinMs).toISOString(),
        then:
          ours === null
            ? 'operations ask the carrier where the parcels are'
            : 'operations ask the place and the carrier where the goods are',
      },
    ],
  };
}
