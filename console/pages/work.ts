import type { RequestHandler } from 'express';
import { actsFor, ownLocationOf } from '../../api/access';
import type { Services } from '../../api/services';
import { addressLines } from '../../domain/order/address-lines';
import type { ConsoleDependencies, ExpectedReturn, WorkCount } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { problemView } from '../problem-views';
import type { View } from '../views';
import { locationUrl } from './location-setup/location-url';
import { queryOf, urlWith, type Query } from './query';

const pageSize = 30;
const mostReturns = 50;

/** What lies at a location, by what is to be done with it. */
const tabs = [
  {
    name: 'toPick',
    label: 'To pick',
    status: 'allocated',
    empty: 'Nothing to pick. New work appears here by itself.',
  },
  {
    name: 'toPack',
    label: 'To pack',
    status: 'picking',
    empty: 'Nothing is being picked. Start with an order under “To pick”.',
  },
  {
    name: 'toHandOver',
    label: 'To hand over',
    status: 'packed',
    empty: 'No parcel waits for the carrier. Parcels come here once they are packed.',
  },
  {
    name: 'toCollect',
    label: 'To collect',
    status: 'readyForPickup',
    empty: 'Nobody has anything to collect. Orders come here once they are ready.',
  },
  {
    name: 'toTakeIn',
    label: 'Returns',
    status: 'returns',
    empty: 'No return is on its way here. Goods that come back are taken in and inspected here.',
  },
] as const;
type Tab = (typeof tabs)[number];

export const workUrl = (locationId: string, query: Query = {}): string =>
  urlWith(`/locations/${encodeURIComponent(locationId)}/fulfillments`, query);

/** The same for somebody who works at another location alone: then there is no such link. */
export const workLink = ({ principal }: Pick<Visit, 'principal'>, locationId: string): string | null =>
  actsFor(principal, locationId) ? workUrl(locationId) : null;

/** Tab in which a fulfillment of this status lies. */
export const tabOfStatus = (status: string): string =>
  tabs.find((tab) => tab.status === status)?.name ?? 'toPick';

/** The work of a location, made for the phone of who does it. */
export const workPage = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listFulfillments', (visit) =>
    workView(deps, visit, String(visit.req.params.id), queryOf(visit.req, ['tab', 'cursor'])),
  );

export async function workView(
  deps: ConsoleDependencies,
  visit: Visit,
  locationId: string,
  query: Query,
): Promise<View> {
  const { services, reads, links, now } = deps;
  const own = ownLocationOf(visit.principal);
  if (own !== null && own !== locationId)
    return problemView('Another location', `You work at ${own}: the work of others is theirs.`, 403);
  const [location, counts, expected] = await Promise.all([
    services.catalogue.findLocation(locationId),
    reads.countWork({ locationId }),
    visit.may('findReturn') ? reads.readReturnsAt({ locationId, limit: mostReturns }) : [],
  ]);
  const tab = tabs.find(({ name }) => name === query.tab) ?? firstWithWork(counts);
  const isReturns = tab.name === 'toTakeIn';
  const page = isReturns
    ? { items: [] }
    : await services.fulfillments.list({
        locationId,
        status: tab.status,
        limit: pageSize,
        cursor: query.cursor,
      });
  const nextCursor = 'nextCursor' in page ? page.nextCursor : undefined;
  return {
    template: 'work',
    title: `${tab.label} · ${location.name}`,
    data: {
      location,
      setUpUrl: locationUrl(locationId),
      live: '/live',
      tabs: tabs.map(({ name, label, status }) => ({
        label,
        url: workUrl(locationId, { tab: name }),
        isHere: name === tab.name,
        count: counts.find((count) => count.status === status)?.count ?? 0,
      })),
      tab,
      returns: isReturns ? expected.map((each) => returnCardOf(each, visit)) : [],
      items: page.items.map((each) => ({
        ...cardOf(each, visit, now()),
        supplierUrl: location.type === 'supplier' ? links.supplierWork(each.id) : null,
      })),
      nextUrl: nextCursor && workUrl(locationId, { tab: tab.name, cursor: nextCursor }),
      isFirstPage: query.cursor === undefined,
      firstUrl: workUrl(locationId, { tab: tab.name }),
      arrivalsUrl:
        location.pickupWhenShort === 'send' && visit.may('arriveFulfillment')
          ? urlWith('/arrivals', { store: locationId })
          : null,
    },
  };
}

const firstWithWork = (counts: WorkCount[]): Tab =>
  tabs.find(({ status }) => counts.some((count) => count.status === status && count.count > 0)) ?? tabs[0];

type Fulfillment = Awaited<ReturnType<Services['fulfillments']['find']>>;

function cardOf(each: Fulfillment, visit: Visit, now: Date) {
  const allowed = each.allowedActions.filter((action) => visit.may(`${action}Fulfillment`));
  return {
    ...each,
    address: addressLines(each.recipient, 'en'),
    pieces: each.lines.reduce((sum, line) => sum + line.quantity, 0),
    isLate: each.actBefore !== null && Date.parse(each.actBefore) < now.getTime(),
    isHeld: each.allowedActions.length === 0,
    canSeeOrder: visit.may('findOrder'),
    canReadDocuments: visit.may('readDocument'),
    isLabelMissing:
      each.status === 'packed' && each.packages.some((parcel) => parcel.trackingNumber === null),
    can: {
      ...Object.fromEntries(allowed.map((action) => [action, true])),
      // Without a label of ours its parcels must be named, and the supplier's own page asks for them.
      ship: allowed.includes('ship') && each.status === 'packed',
    },
    page: 'work',
  };
}

const returnCardOf = (each: ExpectedReturn, visit: Visit) => ({
  ...each,
  canSeeOrder: visit.may('findOrder'),
  canReceive: each.status === 'requested' && visit.may('receiveReturn'),
  canInspect: each.status === 'received' && visit.may('inspectReturn'),
  page: 'work',
});
