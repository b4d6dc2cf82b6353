import { money } from '../../domain/money';
import { piecesByState } from '../../domain/order/line-states';
import type { OrderLine } from '../../domain/order/types';
import type { OrderRow } from './order-row';
import type { OrderLineView } from './order-view';

/** A line, with where its pieces are. */
export function lineOf(line: OrderLine, row: OrderRow): OrderLineView {
  const kept = row.lines.find((candidate) => candidate.id === line.id);
  const parts = row.fulfillments.flatMap(({ status, lines }) =>
    lines.filter((part) => part.lineId === line.id).map(({ quantity }) => ({ status, quantity })),
  );
  const cameBack = row.returns
    .flatMap(({ status, lines }) => lines.map((back) => ({ ...back, isRefunded: status === 'refunded' })))
    .filter((back) => back.lineId === line.id)
    .reduce(
      (so, back) =>
        so + (back.isRefunded && back.reason === 'lost' ? back.quantity : back.restocked + back.unsellable),
      0,
    );
  return {
    id: line.id,
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    destination: line.destination ?? null,
    unitPrice: line.unitPrice,
    taxRateBps: line.taxRateBps,
    discount: line.discount,
    total: money(kept?.gross ?? 0, row.currency),
    byState: piecesByState({
      quantity: line.quantity,
      cancelled: kept?.cancelled ?? 0,
      backordered: kept?.backordered ?? 0,
      returned: cameBack,
      parts,
      isOrderCancelled: row.status === 'cancelled',
    }),
  };
}
