import type { RequestHandler } from 'express';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { nameOfState } from '../words/tones';

const most = 100;

/** What ought to have happened and did not. */
export const exceptionsPage = ({ reads }: ConsoleDependencies, desk: Desk): RequestHandler =>
  desk.page('holdOrder', async () => {
    const [overdue, failed] = await Promise.all([reads.readOverdueWaits(most), reads.readFailedItems(most)]);
    return {
      template: 'exceptions',
      title: 'Exceptions',
      data: {
        live: '/live',
        overdue: overdue.items,
        overdueTotal: overdue.total,
        failed: failed.items.map((item) => ({ ...item, name: nameOfState(item.name) })),
        failedTotal: failed.total,
      },
    };
  });
