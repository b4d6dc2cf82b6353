import { z } from 'zod';
import type { FulfillmentCommand } from '../../store/fulfillment/pick-fulfillment';
import type { FulfillmentView } from '../../store/read/fulfillment-view';
import { actorOf, type Principal } from '../authenticate';
import { ownLocationOf } from '../access';
import type { ArriveBody, FulfillmentsQuery, PackBody, RejectBody, ShipBody } from '../contract/fulfillments';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { forbidden, invalidInput, notFound, type FieldError } from '../problem';
import type { Commands } from './commands';
import { createPickupCode } from './pickup-code';
import { createWaitTogether } from './wait-together';

/** Who packs wants the label in the same breath; a carrier that is slow is not waited for any longer. */
const labelWithinMs = 8_000;
const releasedCursor = z.object({ releasedAt: z.iso.datetime(), id: z.string().max(300) });

export function createFulfillments({ store, settings, now }: ApiDependencies, commands: Commands) {
  const untilLabelled = createWaitTogether(store.findUnlabelled);

  /** Work of other locations is not there for a key that is bound to one. */
  async function find(id: string, principal?: Principal): Promise<FulfillmentView> {
    const found = await store.findFulfillment(id);
    const own = principal ? ownLocationOf(principal) : null;
    const isTheirs = found?.locationId === own || found?.pickupLocationId === own;
    if (!found || (own !== null && (!isTheirs || found.releasedAt === null)))
      throw notFound(`There is no fulfillment "${id}"`);
    return found;
  }

  /** What is sent to a store is the sender's work until it is there, and only the store can say that it is. */
  async function commandOf(
    principal: Principal,
    id: string,
    by: 'locationId' | 'pickupLocationId' = 'locationId',
  ): Promise<FulfillmentCommand> {
    const own = ownLocationOf(principal);
    const found = own === null ? null : await find(id, principal);
    if (found && found[by] !== own)
      throw forbidden(
        by === 'locationId'
          ? `It is the work of "${found.locationId}": here it only arrives`
          : `It arrives at "${found.pickupLocationId ?? found.locationId}"`,
      );
    return { fulfillmentId: id, actor: actorOf(principal), at: now().toISOString() };
  }

  return {
    find,

    async list(query: FulfillmentsQuery, principal?: Principal) {
      const { cursor, ...asked } = query;
      const own = principal ? ownLocationOf(principal) : null;
      const { locationId, pickupLocationId } = asked;
      if (own !== null && [locationId, pickupLocationId].some((id) => id !== undefined && id !== own))
        throw forbidden(`This key sees the work of the location "${own}" alone`);
      const isNarrowed = own === null || pickupLocationId !== undefined;
      const filters = isNarrowed ? asked : { ...asked, locationId: own };
      const after = decodeCursor(releasedCursor, cursor);
      return asList(await store.listFulfillments({ ...filters, after }), (fulfillment) => fulfillment);
    },

    async pick(principal: Principal, id: string) {
      await commands.answer(await store.pickFulfillment(await commandOf(principal, id)));
      return find(id);
    },

    async pack(principal: Principal, id: string, body: PackBody) {
      const packages = packagesOf(areByLine(body) ? [] : (await find(id)).lines, body);
      const { companyPrefix } = settings;
      await commands.answer(
        await store.packFulfillment({ ...(await commandOf(principal, id)), packages, companyPrefix }),
      );
      await untilLabelled(id, labelWithinMs);
      return find(id);
    },

    async confirm(principal: Principal, id: string) {
      await commands.answer(await store.confirmFulfillment(await commandOf(principal, id)));
      return find(id);
    },

    async ship(principal: Principal, id: string, body: ShipBody = {}) {
      const command = await commandOf(principal, id);
      const packages = body.packages && ownParcelsOf(await find(id), body.packages);
      const { companyPrefix } = settings;
      await commands.answer(
        packages
          ? await store.shipOwnParcels({ ...command, packages, companyPrefix })
          : await store.shipFulfillment(command),
      );
      return find(id);
    },

    /** The store has it; what is damaged or missing is sourced anew. */
    async arrive(principal: Principal, id: string, { lines }: ArriveBody = {}) {
      const command = await commandOf(principal, id, 'pickupLocationId');
      const named = lines?.map(({ damaged = 0, missing = 0, ...line }) => ({ ...line, damaged, missing }));
      await commands.answer(await store.arriveFulfillment({ ...command, ...(named && { lines: named }) }));
      return find(id);
    },

    async reject(principal: Principal, id: string, why: RejectBody) {
      await commands.answer(await store.rejectFulfillment({ ...(await commandOf(principal, id)), ...why }));
      return find(id);
    },

    async ready(principal: Principal, id: string) {
      const { orderId } = await find(id);
      await commands.answer(
        await store.readyFulfillment({
          ...(await commandOf(principal, id)),
          pickupCode: createPickupCode(),
          orderUrl: settings.orderUrl(orderId),
        }),
      );
      return find(id);
    },

    async collect(principal: Principal, id: string, code: string) {
      await commands.answer(await store.collectFulfillment({ ...(await commandOf(principal, id)), code }));
      return find(id);
    },
  };
}

/** Whether no line is named by its SKU: then the fulfillment's own lines need not be looked up. */
const areByLine = ({ packages }: PackBody): boolean =>
  packages.every(({ lines }) => lines.every(({ lineId }) => lineId !== undefined));

/** Lines may be named by SKU where one line alone has it: a scanner reads products, not lines. */
function packagesOf<Parcel extends { lines: PackBody['packages'][number]['lines'] }>(
  known: FulfillmentView['lines'],
  body: { packages: readonly Parcel[] },
) {
  const problems: FieldError[] = [];
  const packages = body.packages.map((parcel, at) => ({
    ...parcel,
    lines: parcel.lines.map((packed, position) => {
      const { quantity, sku } = packed;
      if (packed.lineId !== undefined) return { lineId: packed.lineId, quantity };
      const lines = known.filter((line) => line.sku === sku);
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

/** The only parcel has everything in it unless it says otherwise. */
function ownParcelsOf(fulfillment: FulfillmentView, parcels: NonNullable<ShipBody['packages']>) {
  const everything = fulfillment.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const problems = parcels.flatMap(({ lines }, at) =>
    lines || parcels.length === 1 ? [] : [contentsMissing(at)],
  );
  if (problems.length > 0) throw invalidInput(problems);
  const packages = parcels.map(({ trackingUrl = null, lines = everything, ...parcel }) => ({
    ...parcel,
    trackingUrl,
    lines,
  }));
  return packagesOf(fulfillment.lines, { packages });
}

const contentsMissing = (at: number): FieldError => ({
  pointer: `/packages/${at}/lines`,
  detail: 'Must say what is in it where there are several parcels',
  code: 'contentsMissing',
});
