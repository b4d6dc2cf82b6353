import type { ConfirmationContent, PackingSlipContent, PurchaseOrderContent } from '../../domain/documents';
import { money } from '../../domain/money';

const eur = (amount: number) => money(amount, 'EUR');

const shippingAddress = {
  name: 'Łucja Žižková',
  line1: 'Via Alessandro Manzoni 31',
  line2: 'Scala B, interno 7',
  postalCode: '40124',
  city: 'Bologna',
  region: 'BO',
  country: 'IT',
};

/** An order of two lines, paid by card and gift card, prices including tax. */
export function confirmationContent(change: Partial<ConfirmationContent> = {}): ConfirmationContent {
  return {
    kind: 'orderConfirmation',
    locale: 'it-IT',
    number: 'OR-100042',
    externalReference: 'WEB-2025-000317',
    placedAt: '2025-10-05T08:12:30.000Z',
    seller: 'Filo & Trama',
    customer: { name: 'Łucja Žižková', email: 'lucja@example.test' },
    shippingAddress,
    billingAddress: {
      ...shippingAddress,
      name: 'Studio Žižková S.r.l.',
      line1: 'Piazza Maggiore 1',
      line2: undefined,
    },
    lines: [
      {
        sku: 'SCARF-WOOL-BLUE',
        title: 'Sciarpa di lana merino tessuta a mano, blu notte, con frange annodate',
        quantity: 2,
        unitPrice: eur(4990),
        discount: eur(998),
        taxRateBps: 2200,
        total: eur(8982),
      },
      {
        sku: 'BOOK-WEAVING',
        title: 'Manuale di tessitura',
        quantity: 1,
        unitPrice: eur(2450),
        discount: eur(0),
        taxRateBps: 400,
        total: eur(2450),
      },
    ],
    shipping: { method: 'standard', price: eur(590) },
    taxes: [
      { rateBps: 2200, base: eur(7846), tax: eur(1726) },
      { rateBps: 400, base: eur(2356), tax: eur(94) },
    ],
    tenders: [
      { method: 'giftCard', amount: eur(5000) },
      { method: 'card', amount: eur(7022) },
    ],
    total: eur(12022),
    note: 'Suonare al citofono «Žižková», per favore.',
    ...change,
  };
}

export function packingSlipContent(change: Partial<PackingSlipContent> = {}): PackingSlipContent {
  return {
    kind: 'packingSlip',
    locale: 'it-IT',
    number: 'OR-100042',
    seller: 'Filo & Trama',
    fulfillmentId: 'ful_7k2m9q4x1n8b5v3c6z0p_1_1',
    location: {
      id: 'bologna',
      name: 'Magazzino Bologna',
      address: { ...shippingAddress, line1: 'Via dell’Industria 12' },
    },
    shippingAddress,
    lines: [
      {
        sku: 'SCARF-WOOL-BLUE',
        title: 'Sciarpa di lana merino tessuta a mano, blu notte, con frange annodate',
        quantity: 2,
        gtin: '4006381333931',
      },
      { sku: 'BOOK-WEAVING', title: 'Manuale di tessitura', quantity: 1, gtin: '4006381333930' },
    ],
    packages: [
      { sscc: '106141412345678908', trackingNumber: 'CR1234567890IT', weightGrams: 1250 },
      { sscc: '376104250021234569', trackingNumber: null, weightGrams: 480 },
    ],
    note: 'Confezione regalo.',
    ...change,
  };
}

/** As many lines as told, each different. */
export function manyLines(count: number): ConfirmationContent['lines'] {
  return Array.from({ length: count }, (_, index) => ({
    sku: `SKU-${index + 1}`,
    title: `Articolo numero ${index + 1}`,
    quantity: 1,
    unitPrice: eur(100),
    discount: eur(0),
    taxRateBps: 2200,
    total: eur(100),
  }));
}

/** Two lines of which one has no code and no cost of the supplier. */
export function purchaseOrderContent(change: Partial<PurchaseOrderContent> = {}): PurchaseOrderContent {
  return {
    kind: 'purchaseOrder',
    locale: 'it-IT',
    number: 'PO-100042',
    reference: 'SPRING-26',
    placedAt: '2025-10-05T08:12:30.000Z',
    expectedAt: '2025-11-20T08:12:30.000Z',
    buyer: 'Filo & Trama S.r.l.',
    supplier: 'Tessitura Žižková',
    deliverTo: { ...shippingAddress, name: 'Magazzino Verona' },
    lines: [
      {
        sku: 'SCARF-WOOL-BLUE',
        supplierSku: 'M-771',
        title: 'Sciarpa, “blu notte”',
        quantity: 120,
        unitCost: eur(1850),
        total: eur(222_000),
      },
      {
        sku: 'BOOK-WEAVING',
        supplierSku: null,
        title: '=HYPERLINK("http://evil.test")',
        quantity: 5,
        unitCost: null,
        total: null,
      },
    ],
    total: null,
    ...change,
  };
}
