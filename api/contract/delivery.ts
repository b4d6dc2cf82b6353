import { z } from 'zod';
import { addressOut, placeAddress } from './address';
import { line, locationId, reference } from './text';

const mode = z.enum(['ship', 'pickup', 'carryOut']);

const isPlain = ({
  mode,
  locationId: at,
  parcelShop,
}: {
  mode: string;
  locationId?: string;
  parcelShop?: unknown;
}) => mode === 'ship' && at === undefined && parcelShop === undefined;

/** How an order reaches its customer. */
export const delivery = z
  .strictObject({
    mode,
    locationId: locationId.optional(),
    toLocationId: locationId
      .optional()
      .meta({ description: 'Of an internal order: our own place that the goods go to, and stay ours' }),
    parcelShop: z
      .strictObject({ carrier: reference(50), id: reference(100), name: line(100), address: placeAddress })
      .optional()
      .meta({
        description:
          'The parcels go to this shop or locker of the carrier, in the name of the shipping address',
      }),
    promisedBy: z.iso
      .date()
      .optional()
      .meta({
        examples: ['2026-12-24'],
        description:
          'The day by which the channel promised the goods to the customer; rules may keep to it, until the customer is ' +
          'told another',
      }),
  })
  .refine((value) => value.mode === 'ship' || value.parcelShop === undefined, {
    message: 'Only what is shipped can go to a parcel shop',
    path: ['parcelShop'],
  })
  .refine((value) => value.toLocationId === undefined || isPlain(value), {
    message: 'What goes to a place of ours is shipped to it, and collected nowhere',
    path: ['toLocationId'],
  })
  .refine((value) => value.mode === 'ship' || value.locationId !== undefined, {
    message: 'Needs the location at which the goods are collected or were taken',
    path: ['locationId'],
  });

export const deliveryOut = z.object({
  mode,
  locationId: z.string().optional(),
  toLocationId: z.string().optional(),
  parcelShop: z
    .object({
      carrier: z.string(),
      id: z.string(),
      name: z.string(),
      address: addressOut.omit({ name: true }).meta({ id: 'PlaceAddressOut' }),
    })
    .optional(),
  promisedBy: z.string().optional(),
});
