import type { Router } from 'express';
import { z } from 'zod';
import { feedsQuery, feedUploadQuery } from '../../api/contract/stock-feeds';
import { validate } from '../../api/http/validate';
import type { Upload } from '../../api/operation';
import { invalidInput } from '../../api/problem';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { readFormWithFile } from '../upload';
import type { View } from '../views';
import { queryOf, urlWith } from './query';
import { namesOf, readPlaces } from './places';

type StockFeed = Awaited<ReturnType<Services['stockFeeds']['find']>>;

/** Stock handed in as files: the list with a form, one feed, and what became of its rows. */
export function stockFeedPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  router.get(
    '/stock/feeds',
    desk.page('listFeeds', (visit) => listView(deps, visit)),
  );
  router.get(
    '/stock/feeds/:id',
    desk.page('findFeed', (visit) => feedView(deps, String(visit.req.params.id))),
  );
  router.get(
    '/stock/feeds/:id/report',
    desk.csv('readFeedReport', async ({ req }) => {
      const name = String(req.params.id);
      return { name, lines: await deps.services.stockFeeds.report(name) };
    }),
  );
  router.post(
    '/stock/feeds',
    readFormWithFile,
    desk.action(
      'receiveFeed',
      async (visit) => {
        const { outcome, feed } = await receive(deps, visit);
        const notice =
          outcome === 'duplicate' ? 'This feed was taken before.' : 'The feed was read and is applied.';
        return { notice, url: feedUrl(feed.id), view: () => feedView(deps, feed.id) };
      },
      (visit) => ({ url: '/stock/feeds', view: () => listView(deps, visit) }),
    ),
  );
}

const feedUrl = (id: string): string => `/stock/feeds/${encodeURIComponent(id)}`;

const yearMinutes = 366 * 1440;
const howLongAgo = z.object({ minutesAgo: z.int().min(0).max(yearMinutes) });

/** A form says how long ago: its browser's clock and time zone are of no concern. */
function receive({ services, now }: ConsoleDependencies, { form, principal, res }: Visit) {
  const { minutesAgo: minutes } = validate(howLongAgo, { minutesAgo: Number(form.minutesAgo || 0) });
  const query = validate(feedUploadQuery, {
    locationId: form.locationId,
    mode: form.mode,
    takenAt: new Date(now().getTime() - minutes * 60_000).toISOString(),
    // A form that is sent twice is the same feed.
    reference: form.reference || `form-${form.formKey}`,
  });
  const upload = res.locals.upload as Upload | undefined;
  if (!upload) throw invalidInput([{ pointer: '/file', detail: 'Choose a file' }]);
  return services.stockFeeds.receive(principal, query, upload);
}

async function listView({ services, reads }: ConsoleDependencies, { req, may, form }: Visit): Promise<View> {
  const { cursor, ...filters } = queryOf(req, ['locationId', 'cursor']);
  const [page, locations] = await Promise.all([
    services.stockFeeds.list(validate(feedsQuery, { ...filters, cursor }, 'query')),
    readPlaces(reads),
  ]);
  const choices = (chosen: string | undefined) =>
    locations.map(({ id, name }) => ({ value: id, label: name, isChosen: id === chosen }));
  const nameOf = namesOf(locations);
  return {
    template: 'stock-feeds',
    title: 'Stock feeds',
    data: {
      isFiltered: filters.locationId !== undefined,
      isFirstPage: cursor === undefined,
      canSend: may('receiveFeed'),
      typed: form,
      places: choices(form.locationId),
      locations: choices(filters.locationId),
      rows: page.items.map((feed) => ({
        ...feed,
        url: feedUrl(feed.id),
        locationName: nameOf(feed.locationId),
      })),
      isMoving: page.items.some((feed) => feed.state !== 'applied'),
      hereUrl: urlWith('/stock/feeds', { ...filters, ...(cursor && { cursor }) }),
      firstUrl: urlWith('/stock/feeds', filters),
      nextUrl: page.nextCursor && urlWith('/stock/feeds', { ...filters, cursor: page.nextCursor }),
    },
  };
}

async function feedView({ services }: ConsoleDependencies, id: string): Promise<View> {
  const feed = await services.stockFeeds.find(id);
  const { name } = await services.catalogue.findLocation(feed.locationId);
  return {
    template: 'stock-feed',
    title: `Feed of ${name}`,
    data: {
      feed,
      locationName: name,
      url: feedUrl(id),
      isMoving: feed.state !== 'applied',
      done: doneOf(feed),
    },
  };
}

const doneOf = ({ rows }: StockFeed): number => rows.applied + rows.unchanged + rows.refused;
