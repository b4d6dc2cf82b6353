import { createHash } from 'node:crypto';
import { returnIdOf } from '../../domain/ids';
import type { ReturnView } from '../../store/read/return-view';
import { ownLocationOf } from '../access';
import { actorOf, type Principal } from '../authenticate';
import type { InspectBody, ReturnBody } from '../contract/returns';
import type { ApiDependencies } from '../dependencies';
import { forbidden, invalidInput, notAllowed, notFound, Problem } from '../problem';
import type { Commands } from './commands';
import { maySee, type OrderReader } from './order-reader';
import { pollUntil } from './poll';

const patienceMs = 2_000;

export function createReturns(
  { store, orders, now }: ApiDependencies,
  commands: Commands,
  reader: OrderReader,
) {
  async function find(principal: Principal, id: string): Promise<ReturnView> {
    const found = await store.findReturn(id);
    const order = found && principal.boundTo !== null ? await store.findOrderKey(found.orderId) : null;
    if (!found || (order && !maySee(principal, order))) throw notFound(`There is no return "${id}"`);
    return found;
  }

  return {
    find,

    async request(principal: Principal, body: ReturnBody, key: string): Promise<ReturnView> {
      const { orderId, ...wanted } = body;
      const order = await reader.readRecorded(principal, orderId).catch(asFieldProblem);
      const returnId = returnIdOf(orderId, shortName(key));
      const answer = await orders.requestReturn(order.workflowId, {
        ...wanted,
        returnId,
        actor: actorOf(principal),
      });
      if (answer.outcome === 'notAllowed') throw notAllowed(answer.because, answer.allowed);
      if (answer.outcome === 'invalid') throw invalidInput(answer.problems);
      const found = await pollUntil(
        () => store.findReturn(answer.returnId),
        (view) => view !== null,
        patienceMs,
      );
      if (!found) throw new Error(`Return ${answer.returnId} was accepted and is not there`);
      return found;
    },

    async receive(principal: Principal, id: string, asked: string | undefined): Promise<ReturnView> {
      const own = ownLocationOf(principal);
      if (own !== null && asked !== undefined && asked !== own)
        throw forbidden(`This key takes goods in at "${own}" alone`);
      // What a store takes in is there, wherever it was sold.
      const locationId = asked ?? own ?? undefined;
      const command = { returnId: id, actor: actorOf(principal), at: now().toISOString() };
      await commands.answer(await store.receiveReturn({ ...command, locationId }));
      return find(principal, id);
    },

    async inspect(principal: Principal, id: string, body: InspectBody): Promise<ReturnView> {
      const command = { returnId: id, actor: actorOf(principal), at: now().toISOString() };
      await commands.answer(await store.inspectReturn({ ...command, lines: body.lines }));
      return find(principal, id);
    },
  };
}

/** A name within the order that a repeated request meets again. */
const shortName = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** The order is named in the body: that there is none is told of that field. */
function asFieldProblem(error: unknown): never {
  if (!(error instanceof Problem) || error.status !== 404) throw error;
  throw invalidInput([{ pointer: '/orderId', detail: error.message }]);
}
