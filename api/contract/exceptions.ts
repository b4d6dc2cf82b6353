import { z } from 'zod';
import { listOf, paging } from './list';

export const exceptionsQuery = z.strictObject(paging);

export const exceptionList = listOf(
  z
    .object({
      orderId: z.string(),
      orderNumber: z.string(),
      channel: z.string(),
      what: z.string().meta({ description: 'What the order waits for' }),
      since: z.string(),
      until: z.string().meta({ description: 'When it ought to have come' }),
      then: z.string().meta({ description: 'What happens next, or what a person can do' }),
    })
    .meta({ id: 'Exception' }),
);
