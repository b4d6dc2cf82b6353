import { z } from 'zod';
import { pricePolicies } from '../../domain/catalogue/alternatives';
import { moneyOut } from './money';
import { line, sku } from './text';

const pricePolicy = z.enum(pricePolicies).meta({
  description: 'What who takes it pays: the lower of both prices, or its own',
});

export const alternativesBody = z
  .strictObject({
    alternatives: z
      .array(z.strictObject({ sku, note: line(300).optional(), pricePolicy: pricePolicy.default('lower') }))
      .max(20)
      .meta({ description: 'The best first. `note` tells the customer why it is as good' }),
  })
  .meta({ id: 'AlternativesInput' });

export const alternativesOut = z
  .object({
    sku: z.string(),
    alternatives: z.array(z.object({ sku: z.string(), note: z.string().optional(), pricePolicy })),
  })
  .meta({ id: 'Alternatives' });

/** What a shopper is offered who looks at something that is not to be had. */
export const offeredOut = z
  .object({
    sku: z.string(),
    title: z.string(),
    available: z.int(),
    price: moneyOut.nullable(),
    because: z.array(z.string()).meta({ description: 'Why it is offered' }),
  })
  .meta({ id: 'OfferedAlternative' });
