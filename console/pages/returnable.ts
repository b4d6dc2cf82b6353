import type { OrderAnswer } from '../../api/services/orders';

export interface Returnable {
  id: string;
  title: string;
  /** Null: the order's own address. */
  destination: string | null;
  most: number;
}

/** What has arrived and is not on its way back already, by line. */
export function returnableOf(order: OrderAnswer): Returnable[] {
  const asked = order.returns
    .filter((each) => ['requested', 'received'].includes(each.status))
    .flatMap((each) => each.lines);
  return order.lines
    .map((line) => {
      const back = asked
        .filter((each) => each.lineId === line.id)
        .reduce((sum, each) => sum + each.quantity, 0);
      const { id, title, destination } = line;
      return { id, title, destination, most: (line.byState.delivered ?? 0) - back };
    })
    .filter((line) => line.most > 0);
}
