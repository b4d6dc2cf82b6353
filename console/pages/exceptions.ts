import type { RequestHandler, Router } from 'express';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../api/cursor';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import type { View } from '../views';
import { nameOfState } from '../words/tones';
import { rowOf } from './low-stock';
import { queryOf, urlWith, type Query } from './query';

const pageSize = 50;
const address = '/exceptions';
const overdueCursor = z.object({
  // As PostgreSQL writes an instant, to the microsecond.
  until: z.string().regex(/^[0-9 :.+-]{10,40}$/),
  orderId: z.string().max(300),
  key: z.string().max(300),
});
const failedCursor = z.int().min(0);

/** What ought to have happened and did not. Each list is paged by itself. */
export const exceptionsPage = (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('holdOrder', (visit) => exceptionsView(deps, visit));

/** A finding was dealt with: it leaves the list. */
export function findingActions(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const page = (visit: Visit) => ({ url: address, view: () => exceptionsView(deps, visit) });
  router.post(
    '/exceptions/findings/:provider/:noticeId/resolve',
    desk.action(
      'resolvePaymentFinding',
      async (visit) => {
        const { provider, noticeId } = visit.req.params;
        const finding = { provider: String(provider), noticeId: String(noticeId) };
        await deps.services.payments.resolveFinding(visit.principal, finding);
        return { notice: 'It is off the list. The notice itself is kept.', ...page(visit) };
      },
      page,
    ),
  );
}

async function exceptionsView(
  { reads, services }: ConsoleDependencies,
  { req, principal }: Visit,
): Promise<View> {
  const query = req.method === 'GET' ? queryOf(req, ['overdue', 'held', 'findings', 'short', 'failed']) : {};
  const limit = pageSize;
  const [overdue, held, findings, short, failed, counts] = await Promise.all([
    reads.readOverdueWaits({ after: decodeCursor(overdueCursor, query.overdue), limit }),
    services.orders.listHolds(principal, { cursor: query.held, limit }),
    services.payments.listFindings({ cursor: query.findings, limit }),
    services.reorder.listProposals({ open: 'true', cursor: query.short, limit }),
    reads.readFailedItems({ after: decodeCursor(failedCursor, query.failed), limit }),
    reads.countExceptions({ channel: principal.boundTo }),
  ]);
  return {
    template: 'exceptions',
    title: 'Exceptions',
    data: {
      live: '/live',
      overdue: overdue.items,
      overdueTotal: overdue.total,
      overduePages: pagesOf(query, 'overdue', encoded(overdue.next)),
      counts,
      held: held.items,
      heldPages: pagesOf(query, 'held', nextOf(held)),
      findings: findings.items,
      findingPages: pagesOf(query, 'findings', nextOf(findings)),
      short: short.items.map(rowOf),
      shortPages: pagesOf(query, 'short', nextOf(short)),
      failed: failed.items.map((item) => ({ ...item, name: nameOfState(item.name) })),
      failedTotal: failed.total,
      failedPages: pagesOf(query, 'failed', encoded(failed.next)),
    },
  };
}

const encoded = (next: unknown): string | undefined => (next === null ? undefined : encodeCursor(next));
const nextOf = (page: { nextCursor?: string }): string | undefined => page.nextCursor;

/** Where one list goes on, and where it begins, with the others as they are. */
function pagesOf(query: Query, list: string, next: string | undefined) {
  const { [list]: cursor, ...others } = query;
  return {
    isFirstPage: cursor === undefined,
    firstUrl: urlWith(address, others),
    nextUrl: next && urlWith(address, { ...others, [list]: next }),
  };
}
