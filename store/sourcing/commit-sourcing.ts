import type { Knex } from 'knex';
import { createBatcher } from '../batch/batcher';
import { settleApart } from '../batch/settle-apart';
import type { Database } from '../connect';
import { lockSkus } from '../stock/lock-skus';
import { repeatWhileUndone } from '../transaction';
import { commitDecisions } from './commit-decisions';
import { commitLoneDecision, isAtOnePlace } from './commit-lone-decision';
import { commitReserved } from './commit-reserved';
import { readInForce } from './read-in-force';
import type { CommitSourcingInput, CommitSourcingResult } from './sourcing-outcome';
import { findStockAppeared } from './stock-appeared';

export type CommitSourcing = (input: CommitSourcingInput) => Promise<CommitSourcingResult>;

/** A batch that waits for a row that somebody has locked for long holds up the orders of its own SKUs only. */
const limits = { maxSize: 100, patienceMs: 50, maxUnderWay: 4 };

/**
 * Puts sourcing decisions into force: decision, fulfillments, stock, story and backorders of an order all together
 * or not at all. Orders that come at the same time share a statement, in order of arrival, so that many who want
 * the same SKU do not queue for its row one by one; one that finds no stock or throws does not touch the others. A
 * round that is already in force is answered with what it brought. An order that has a cart comes by itself.
 */
export function createCommitSourcing(db: Database): CommitSourcing {
  const together = createBatcher<CommitSourcingInput, CommitSourcingResult>({
    ...limits,
    intentOf: ({ orderId, round }) => `${orderId}:${round}`,
    keysOf: ({ decision }) => decision.demand.map(({ sku }) => sku),
    flush: (batch) =>
      settleApart(batch, (inputs) => repeatWhileUndone(async () => commitTogether(db, inputs))),
  });
  return (input) =>
    input.reservationId === undefined ? together(input) : commitReserved(db, input, input.reservationId);
}

function commitTogether(
  db: Database,
  inputs: readonly CommitSourcingInput[],
): Promise<CommitSourcingResult[]> {
  if (inputs.some(isShort)) return db.transaction((trx) => commitWithShortage(trx, inputs));
  const [lone] = inputs;
  if (inputs.length > 1 || !isAtOnePlace(lone!)) return commitDecisions(db, inputs);
  return commitLoneDecision(db, lone!).then((answer) => [answer]);
}

const isShort = ({ decision }: CommitSourcingInput): boolean => decision.short.length > 0;

/**
 * Under the locks of the buffers and of the SKUs that are short: nobody begins to wait for stock that has just come,
 * or that a buffer has just set free.
 */
async function commitWithShortage(
  trx: Knex.Transaction,
  inputs: readonly CommitSourcingInput[],
): Promise<CommitSourcingResult[]> {
  const short = inputs.filter(isShort);
  const buffers = await trx.raw<{ rows: { version: number }[] }>(
    'SELECT version FROM channel_buffers_version FOR SHARE',
  );
  const { version } = buffers.rows[0]!;
  await lockSkus(
    trx,
    short.flatMap(({ decision }) => decision.short.map(({ sku }) => sku)),
  );
  const overtaken = await findStockAppeared(trx, short);
  for (const input of short) if ((input.buffersVersion ?? version) !== version) overtaken.add(input);
  const rest = inputs.filter((input) => !overtaken.has(input));
  const committed = (rest.length > 0 ? await commitDecisions(trx, rest) : []).values();
  const others = (await readInForce(trx, [...overtaken])).values();
  return inputs.map((input) => (overtaken.has(input) ? others : committed).next().value!);
}
