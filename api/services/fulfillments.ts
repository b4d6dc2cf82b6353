import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { FulfillmentCommand } from '../../store/fulfillment/pick-fulfillment';
import type { FulfillmentView } from '../../store/read/fulfillment-view';
import { actorOf, type Principal } from '../authenticate';
import type { PackBody } from '../contract/fulfillments';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { invalidInput, notFound, type FieldError } from '../problem';
import type { Commands } from './commands';
import { pollUntil } from './poll';

/** Who packs wants the label in the same breath; a carrier that is slow is not waited for any longer. */
const labelWithinMs = 8_000;
const releasedCursor = z.object({ releasedAt: z.iso.datetime(), id: z.string().max(300) });

export function createFulfillments({ store, settings, now }: ApiDependencies, commands: Commands) {
  async function find(id: string): Promise<FulfillmentView> {
    const found = await store.findFulfillment(id);
    if (!found) throw notFound(`There is no fulfillment "${id}"`);
    return found;
  }
  const commandOf = (principal: Principal, id: string): FulfillmentCommand => ({
    fulfillmentId: id,
    actor: actorOf(principal),
    at: now().toISOString(),
  });

  return {
    find,

    async list(query: { locationId?: string; status?: string; limit: number; cursor?: string }) {
      const { cursor, ...filters } = query;
      const after = decodeCursor(releasedCursor, cursor);
      return asList(await store.listFulfillments({ ...filters, after }), (fulfillment) => fulfillment);
    },

    async pick(principal: Principal, id: string) {
      await commands.answer(await store.pickFulfillment(commandOf(principal, id)));
      return find(id);
    },

    async pack(principal: Principal, id: string, body: PackBody) {
      const packages = packagesOf(await find(id), body);
      const { companyPrefix } = settings;
      await commands.answer(
        await store.packFulfillment({ ...commandOf(principal, id), packages, companyPrefix }),
      );
      await pollUntil(
        () => store.awaitsLabel(id),
        (isAwaited) => !isAwaited,
        labelWithinMs,
      );
      return find(id);
    },

    async ship(principal: Principal, id: string) {
      await commands.answer(await store.shipFulfillment(commandOf(principal, id)));
      return find(id);
    },

    async reject(principal: Principal, id: string, reason: string) {
      await commands.answer(await store.rejectFulfillment({ ...commandOf(principal, id), reason }));
      return find(id);
    },

    async ready(principal: Principal, id: string) {
      const { orderId } = await find(id);
      await commands.answer(
        await store.readyFulfillment({
          ...commandOf(principal, id),
          pickupCode: createPickupCode(),
          orderUrl: settings.orderUrl(orderId),
        }),
      );
      return find(id);
    },

    async collect(principal: Principal, id: string, code: string) {
      await commands.answer(await store.collectFulfillment({ ...commandOf(principal, id), code }));
      return find(id);
    },
  };
}

/** Lines may be named by SKU where one line alone has it: a scanner reads products, not lines. */
function packagesOf(fulfillment: FulfillmentView, body: PackBody) {
  const problems: FieldError[] = [];
  const packages = body.packages.map((parcel, at) => ({
    ...parcel,
    lines: parcel.lines.map((packed, position) => {
      const { quantity, sku } = packed;
      if (packed.lineId !== undefined) return { lineId: packed.lineId, quantity };
      const lines = fulfillment.lines.filter((line) => line.sku === sku);
      const pointer = `/packages/${at}/lines/${position}/sku`;
      if (lines.length === 0) problems.push({ pointer, detail: `"${sku}" is not in this fulfillment` });
      if (lines.length > 1)
        problems.push({ pointer, detail: 'Several lines have this SKU: name them by lineId' });
      return { lineId: lines[0]?.lineId ?? '', quantity };
    }),
  }));
  if (problems.length > 0) throw invalidInput(problems);
  return packages;
}

// Read aloud and typed at a counter: no letter or digit that looks like another.
const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 6;

const createPickupCode = (): string =>
  Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
