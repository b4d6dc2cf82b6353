import type { Knex } from 'knex';
import type { StepWait } from '../story/record-step';

export interface WorkToPrepare {
  fulfillmentId: string;
  locationName: string;
  /** Null while a hold keeps the order: its time has not begun. */
  actBefore: string | null;
  mode: string;
}

/** A location is waited for to prepare its work; while a hold keeps the order, its time does not run. */
export const waitToPrepare = ({ fulfillmentId, locationName, actBefore, mode }: WorkToPrepare): StepWait => ({
  key: fulfillmentId,
  what: `${locationName} to ${mode === 'pickup' ? 'make the goods ready' : 'pick and pack'}`,
  until: actBefore,
  then:
    actBefore === null
      ? 'the time of the location begins when the order is released'
      : 'the lines are sourced elsewhere',
});

/**
 * Work that a location was shown and has not done has no deadline while the order is held. What a supplier confirmed
 * goes on: it may be on its way.
 */
export async function stopTimeToAct(trx: Knex.Transaction, orderId: string): Promise<StepWait[]> {
  const answer = await trx.raw<Answer>(`UPDATE fulfillments AS f SET act_before = NULL ${ofShownWork}`, {
    orderId,
  });
  return answer.rows.map(asWait);
}

/** The hold is over: locations have all of their time, from now on. */
export async function beginTimeToAct(
  trx: Knex.Transaction,
  { orderId, at }: { orderId: string; at: string },
): Promise<StepWait[]> {
  const answer = await trx.raw<Answer>(
    `UPDATE fulfillments AS f
     SET act_before = CAST(:at AS timestamptz) + l.act_within_ms * interval '1 millisecond' ${ofShownWork}`,
    { orderId, at },
  );
  return answer.rows.map(asWait);
}

const ofShownWork = `
  FROM locations AS l
  WHERE l.id = f.location_id AND f.order_id = :orderId AND f.released_at IS NOT NULL
    AND (f.status = 'allocated' OR f.status = 'picking' AND l.type <> 'supplier')
  RETURNING f.id, f.mode, l.name, f.act_before`;

interface Answer {
  rows: { id: string; mode: string; name: string; act_before: Date | null }[];
}

const asWait = (row: Answer['rows'][number]): StepWait =>
  waitToPrepare({
    fulfillmentId: row.id,
    mode: row.mode,
    locationName: row.name,
    actBefore: row.act_before?.toISOString() ?? null,
  });
