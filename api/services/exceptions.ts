import { z } from 'zod';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';

const cursorShape = z.object({
  // As PostgreSQL writes an instant, to the microsecond.
  until: z.string().regex(/^[0-9 :.+-]{10,40}$/),
  orderId: z.string().max(300),
  key: z.string().max(300),
});

/** What ought to have happened to orders and did not. */
export const createExceptions = ({ store }: ApiDependencies) => ({
  async list({ limit, cursor }: { limit: number; cursor?: string }) {
    const page = await store.readOverdueWaits({ limit, after: decodeCursor(cursorShape, cursor) });
    return asList(page, (wait) => wait);
  },
});
