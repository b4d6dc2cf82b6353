import { z } from 'zod';
import { splitRules } from '../../domain/rules/types';
import { locationId, reference } from './text';

export const preference = z
  .strictObject({
    split: z.enum(splitRules).meta({
      description:
        'never: all from one location, or all waits; consolidate: the others send there first; byLine: a line stays whole',
    }),
    shipComplete: z.boolean().meta({ description: 'Nothing leaves before all of it can' }),
    locationId: locationId.meta({ description: 'Who is to supply it' }),
    service: z.strictObject({ carrier: reference(50), service: reference(100) }),
  })
  .partial()
  .meta({ id: 'OrderPreference' });

export const preferenceOut = z
  .object({
    split: z.enum(splitRules),
    shipComplete: z.boolean(),
    locationId: z.string(),
    service: z.object({ carrier: z.string(), service: z.string() }),
  })
  .partial();
