import type { PurchaseOrderContent } from '../documents';
import { money } from '../money';
import type { Address } from '../order/types';

export interface PurchaseOrderFacts {
  number: string;
  reference: string | null;
  currency: string;
  supplier: { name: string; locale: string };
  location: { name: string; address: Address };
  lines: {
    sku: string;
    supplierSku: string | null;
    title: string;
    quantity: number;
    unitCost: number | null;
  }[];
}

/** What a purchase order says to its supplier, frozen at the moment at which it is sent. */
export function purchaseOrderContentOf(
  { number, reference, currency, supplier, location, lines }: PurchaseOrderFacts,
  dates: { placedAt: string; expectedAt: string },
): PurchaseOrderContent {
  const costs = lines.map(({ quantity, unitCost }) => (unitCost === null ? null : unitCost * quantity));
  const isPriced = costs.every((cost) => cost !== null);
  return {
    kind: 'purchaseOrder',
    locale: supplier.locale,
    number,
    reference,
    ...dates,
    buyer: location.address.name,
    supplier: supplier.name,
    deliverTo: { ...location.address, name: location.name },
    lines: lines.map(({ unitCost, ...line }, index) => ({
      ...line,
      unitCost: unitCost === null ? null : money(unitCost, currency),
      total: costs[index] == null ? null : money(costs[index], currency),
    })),
    // A total that leaves lines out would be no total.
    total: isPriced
      ? money(
          costs.reduce((sum, cost) => sum + cost, 0),
          currency,
        )
      : null,
  };
}
