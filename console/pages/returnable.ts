import type { OrderAnswer } from '../../api/services/orders';

/** What has arrived and is not on its way back already, by line. */
export function returnableOf(order: OrderAnswer): { id: string; title: string; most: number }[] {
  const asked = order.returns
    .filter((each) => ['requested', 'received'].includes(each.status))
    .flatMap((each) => each.lines);
  return order.lines
    .map((line) => {
      const back = asked
        .filter((each) => each.lineId === line.id)
        .reduce((sum, each) => sum + each.quantity, 0);
      return { id: line.id, title: line.title, most: (line.byState.delivered ?? 0) - back };
    })
    .filter((line) => line.most > 0);
}
