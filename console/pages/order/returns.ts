import type { OrderAnswer } from '../../../api/services/orders';
import type { Visit } from '../../desk';

type Name = (id: string) => string;

/** Goods on their way back, with what this person may do with them. */
export function returnOf(
  each: OrderAnswer['returns'][number],
  visit: Visit,
  titleOf: Name,
  locationName: Name,
) {
  const may = { receive: visit.may('receiveReturn'), inspect: visit.may('inspectReturn') };
  return {
    ...each,
    locationName: each.locationId && locationName(each.locationId),
    lines: each.lines.map((line) => ({ ...line, title: titleOf(line.lineId) })),
    page: 'order',
    canReceive: may.receive && each.allowedActions.includes('receive'),
    canInspect: may.inspect && each.allowedActions.includes('inspect'),
  };
}
