import { z } from 'zod';
import { calendar } from './location-facts';
import { listOf, paging } from './list';
import { currency, money, moneyOut } from './money';
import { line, locationId, reference, sku } from './text';

/** Pieces of a SKU that are bought. */
export const boughtPieces = z.int().min(1).max(1_000_000);
export const supplierId = reference(100).meta({ examples: ['weaving-mill'] });

const supplierCalendar = calendar.meta({
  id: 'SupplierCalendar',
  description:
    'When it works; every day when left out. What is ordered before the cut-off is taken up the same day',
});

export const supplierParams = z.strictObject({ id: supplierId });
export const supplierBody = z
  .strictObject({
    name: line(),
    email: z.email().max(254).optional().meta({ description: 'Where purchase orders are sent' }),
    locale: line(35)
      .default('en')
      .meta({ description: 'BCP 47, of what is sent', examples: ['it-IT'] }),
    locationId: locationId.optional().meta({ description: 'The location that it is, when it ships for us' }),
    currency,
    leadTimeDays: z
      .int()
      .min(0)
      .max(3650)
      .meta({ description: 'From sending an order to its arrival; days of work where there is a calendar' }),
    calendar: supplierCalendar.optional(),
    overPercent: z
      .int()
      .min(0)
      .max(100)
      .default(10)
      .meta({ description: 'Pieces beyond what is expected that are still taken in, in percent' }),
  })
  .meta({ id: 'SupplierInput' });
export type SupplierBody = z.output<typeof supplierBody>;

export const supplierOut = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    locale: z.string(),
    locationId: z.string().nullable(),
    currency: z.string(),
    leadTimeDays: z.int(),
    calendar: supplierCalendar.optional(),
    overPercent: z.int(),
  })
  .meta({ id: 'Supplier' });
export const supplierList = listOf(supplierOut);

export const supplierItemParams = z.strictObject({ id: supplierId, sku });
export const supplierItemBody = z
  .strictObject({
    supplierSku: reference(100).optional(),
    cost: money.optional().meta({ description: 'Of one piece, in the currency of the supplier' }),
    packSize: boughtPieces.default(1),
    minimumQuantity: boughtPieces.default(1),
  })
  .meta({ id: 'SupplierItemInput' });
export type SupplierItemBody = z.output<typeof supplierItemBody>;

const itemOut = {
  sku: z.string(),
  supplierSku: z.string().nullable(),
  cost: moneyOut.nullable(),
  packSize: z.int(),
  minimumQuantity: z.int(),
};
export const supplierItemOut = z.object(itemOut).meta({ id: 'SupplierItem' });
export const supplierItemList = listOf(
  z.object({ ...itemOut, title: z.string() }).meta({ id: 'ListedSupplierItem' }),
);
export const supplierPaging = z.strictObject(paging);
