import { z } from 'zod';

const code = z.string().optional();

/** RFC 9457, and what is wrong with each field. */
export const problemOut = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON pointer into what was sent' }),
          detail: z.string(),
          nearest: z.object({ below: z.int().optional(), above: z.int() }).optional().meta({
            description: 'Of a number that is not possible: those next to it that are',
          }),
          anyway: z.literal(true).optional().meta({
            description: 'It is taken all the same when you say why, as `anyway`',
          }),
          code: code.meta({ description: 'Names what is wrong with a parcel, or with a refusal of work' }),
          about: z
            .record(z.string(), z.union([z.string(), z.number()]))
            .optional()
            .meta({ description: 'What a problem with a code is about' }),
          in: z.enum(['query', 'path', 'header']).optional(),
        }),
      )
      .optional(),
    code: code.meta({ description: 'Why work of a location is not done as asked' }),
    allowed: z.array(z.string()).optional().meta({ description: 'What can be done instead' }),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457)' });
