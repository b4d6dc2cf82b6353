import { z } from 'zod';

export const promiseOut = z
  .object({
    earliest: z.string().nullable(),
    latest: z.string().nullable(),
    reasons: z.array(z.string()).meta({ description: 'Every step of the sum, in plain sentences' }),
  })
  .meta({
    id: 'Promise',
    description: 'Days of delivery, or on which it is ready for pickup; null while nobody can say',
  });
