import { writeTariff } from './write-tariff';

/** A tariff to begin with: two zones, one with rates by weight, one for postal codes alone. */
export const tariffTemplate = (): string =>
  writeTariff({
    ...{ carrier: 'sandbox', service: 'standard', methods: ['standard', 'economy'], currency: 'EUR' },
    validFrom: '2027-01-01',
    zones: [
      {
        code: 'domestic',
        from: [{ country: 'IT' }],
        to: [{ country: 'IT' }],
        rates: [
          { upToGrams: 2000, base: 490, perKg: 0 },
          { upToGrams: 30_000, base: 690, perKg: 20 },
        ],
        transitDays: { min: 1, max: 2 },
      },
      {
        code: 'islands',
        from: [{ country: 'IT' }],
        to: [{ country: 'IT', postalCodes: { from: '07', to: '09' } }],
        rates: [{ base: 1290, perKg: 60 }],
        transitDays: { min: 2, max: 3 },
      },
    ],
  });
