import type { RequestHandler } from 'express';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { purchaseOrderUrl } from './purchase-orders';
import { queryOf, urlWith, type Query } from './query';
import { movementsUrl } from './stock-movements';

const pageSize = 50;

type Proposal = Awaited<ReturnType<Services['reorder']['listProposals']>>['items'][number];

/** Places that fell to their reorder point, and what was proposed or ordered. */
export const lowStockPage = ({ services }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('listReorderProposals', async ({ req }) => {
    const { cursor, all } = queryOf(req, ['cursor', 'all']);
    const page = await services.reorder.listProposals({
      ...(all === undefined && { open: 'true' as const }),
      cursor,
      limit: pageSize,
    });
    const filters: Query = all === undefined ? {} : { all };
    return {
      template: 'low-stock',
      title: 'Low stock',
      data: {
        live: '/live',
        isAll: all !== undefined,
        isFirstPage: cursor === undefined,
        rows: page.items.map(rowOf),
        firstUrl: urlWith('/stock/low', filters),
        nextUrl: page.nextCursor && urlWith('/stock/low', { ...filters, cursor: page.nextCursor }),
      },
    };
  });

export const rowOf = (proposal: Proposal) => ({
  ...proposal,
  movementsUrl: movementsUrl({ sku: proposal.sku, locationId: proposal.locationId }),
  orderUrl: proposal.purchaseOrder && purchaseOrderUrl(proposal.purchaseOrder.id),
});
