import type { LabelContent } from '../../../domain/documents';

/** A parcel from a warehouse in Bologna, as the tests of labels vary it. */
export function labelContent(change: Partial<LabelContent> = {}): LabelContent {
  return {
    kind: 'shippingLabel',
    locale: 'it-IT',
    carrier: 'Corriere Rapido',
    service: 'standard',
    number: 'OR-100042',
    sscc: '106141412345678908',
    trackingNumber: 'CR1234567890IT',
    sender: {
      name: 'Magazzino Bologna',
      line1: 'Via dell’Industria 12',
      postalCode: '40138',
      city: 'Bologna',
      region: 'BO',
      country: 'IT',
    },
    recipient: {
      name: 'Łucja Žižková',
      line1: 'Via Alessandro Manzoni 31',
      line2: 'Scala B, interno 7',
      postalCode: '40124',
      city: 'Bologna',
      region: 'BO',
      country: 'IT',
      phone: '+39 051 123456',
    },
    weightGrams: 1250,
    parcel: { position: 1, of: 2 },
    ...change,
  };
}
