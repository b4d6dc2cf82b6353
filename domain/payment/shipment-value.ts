import type { Money } from '../money';
import { plus, sum, zero } from '../money';
import { valueOfPieces } from '../order/totals';

export interface ShippingLine {
  lineId: string;
  /** Of the whole line. */
  gross: Money;
  quantity: number;
  /** Pieces that left with earlier shipments. */
  alreadyShipped: number;
  shippingNow: number;
}

export interface ShipmentValue {
  lines: { lineId: string; gross: Money }[];
  /** The order's shipping fee with its first shipment, zero with every later one. */
  shipping: Money;
  total: Money;
}

/**
 * What a shipment is worth, and so what is captured when it leaves. Over any way to cut an order into
 * shipments the values sum to the order's total. Throws when more ships than the line has left.
 */
export function shipmentValue(shipment: {
  lines: readonly ShippingLine[];
  shippingGross: Money;
  shippingAlreadyCharged: boolean;
}): ShipmentValue {
  const { currency } = shipment.shippingGross;
  const lines = shipment.lines.map(({ lineId, gross, quantity, alreadyShipped, shippingNow }) => ({
    lineId,
    gross: {
      amount: valueOfPieces(gross.amount, quantity, alreadyShipped, shippingNow),
      currency: gross.currency,
    },
  }));
  const shipping = shipment.shippingAlreadyCharged ? zero(currency) : shipment.shippingGross;
  const goods = sum(
    lines.map(({ gross }) => gross),
    currency,
  );
  return { lines, shipping, total: plus(goods, shipping) };
}
