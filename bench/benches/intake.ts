import { Client, Connection } from '@temporalio/client';
import { createOrderWorkflows } from '../../api/order-workflows';
import { medianLatency, medianRate, medianRatio, runSideBySide, takeTurns } from '../load/measure';
import type { BenchContext, BenchResult } from '../report/result';
import { openShop } from '../shop/open-shop';
import { orderBody, placedOrder } from '../shop/order-body';
import type { BenchSystem } from '../system/start-system';

const clients = 16;
const sizes = {
  quick: { rounds: 1, warmUp: 40, units: 150, alone: 40 },
  full: { rounds: 5, warmUp: 300, units: 800, alone: 200 },
};

/**
 * Orders handed in over HTTP ÷ the same workflows started by a bare client. Both start the order's workflow, with
 * the same input, id, memo and search attributes, on the orders' queue, which no worker serves meanwhile: what
 * is compared is the way in and nothing that comes after it. Each client is one process of Node, this one.
 */
export async function benchIntake(system: BenchSystem, { isQuick, say }: BenchContext): Promise<BenchResult> {
  const size = isQuick ? sizes.quick : sizes.full;
  const shop = await openShop(system, clients);
  const connection = await Connection.connect({ address: system.temporalAddress });
  const { start } = createOrderWorkflows(new Client({ connection }));
  const post = (reference: string) => shop.channel.post('/v1/orders', orderBody(reference));
  const bare = (reference: string) => start(placedOrder(reference, reference));
  const contender =
    (name: string, one: (reference: string) => Promise<unknown>, atOnce: number) =>
    (round: number, count: number = atOnce === 1 ? size.alone : size.units) =>
      runSideBySide(count, atOnce, (index) => one(`${name}-${atOnce}-${round}-${index}`));
  const contenders = {
    intake: contender('intake', post, clients),
    bare: contender('bare', bare, clients),
    intakeAlone: contender('intake', post, 1),
    bareAlone: contender('bare', bare, 1),
  };
  try {
    for (const run of [contenders.intake, contenders.bare]) await run(-1, size.warmUp);
    const turns = await takeTurns(size.rounds, contenders, (name, round, { rate }) =>
      say(`${name}, round ${round + 1} of ${size.rounds}: ${rate.toFixed(0)}/s`),
    );
    const { intake, bare: started, intakeAlone, bareAlone } = turns;
    return {
      name: 'intake',
      title: `Orders handed in, ${clients} at a time`,
      figures: [
        { what: 'intake ÷ bare start', value: medianRatio(intake, started), goal: { atLeast: 0.6 } },
        { what: 'POST /v1/orders', value: medianRate(intake), unit: '/s' },
        { what: 'bare workflow start', value: medianRate(started), unit: '/s' },
        { what: 'POST /v1/orders, p50', value: medianLatency(intake, 0.5), unit: 'ms' },
        { what: 'POST /v1/orders, p95', value: medianLatency(intake, 0.95), unit: 'ms' },
        { what: 'bare workflow start, p50', value: medianLatency(started, 0.5), unit: 'ms' },
        { what: 'bare workflow start, p95', value: medianLatency(started, 0.95), unit: 'ms' },
        { what: 'POST /v1/orders one at a time, p50', value: medianLatency(intakeAlone, 0.5), unit: 'ms' },
        { what: 'POST /v1/orders one at a time, p95', value: medianLatency(intakeAlone, 0.95), unit: 'ms' },
        { what: 'bare start one at a time, p50', value: medianLatency(bareAlone, 0.5), unit: 'ms' },
      ],
      details: {
        rates: { intake: intake.map(({ rate }) => rate), bare: started.map(({ rate }) => rate) },
      },
    };
  } finally {
    await connection.close();
    await shop.close();
  }
}
