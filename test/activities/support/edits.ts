import type { EditRequest } from '../../../activities/edit/edit-request';
import type { ApplyEditInput } from '../../../store/order/apply-edit';
import { at, type Climber } from './ladder';
import type { World } from './world';

/** Somebody wants so many pieces of the order's only line. */
export const editTo = ({ order }: Pick<Climber, 'order'>, quantity: number): EditRequest => ({
  ...{ orderId: order.id, key: 'edit-1', actor: 'user', reason: 'wish', at },
  edit: { lines: [{ lineId: order.lines[0]!.id, quantity }] },
});

/** All of the order's only line goes to somebody else. */
export const editToAunt = ({ order }: Pick<Climber, 'order'>): EditRequest => ({
  ...{ orderId: order.id, key: 'edit-1', actor: 'user', reason: 'a gift', at },
  edit: {
    move: [{ lineId: order.lines[0]!.id, destination: 'aunt' }],
    destinations: [{ id: 'aunt', shippingAddress: { ...order.shippingAddress, name: 'Zia Pina' } }],
  },
});

export interface PreparedEdit {
  apply: ApplyEditInput;
  paymentId: string | null;
}

export const prepared = (world: World, climber: Climber, quantity: number): Promise<PreparedEdit> =>
  preparedAs(world, editTo(climber, quantity));

export async function preparedAs(world: World, request: EditRequest): Promise<PreparedEdit> {
  const answer = await world.activities.prepareEdit(request);
  if (answer.outcome !== 'ready') throw new Error(JSON.stringify(answer));
  return answer;
}

export const asking = ({ order }: Climber, { paymentId }: PreparedEdit) => ({
  ...{ orderId: order.id, orderNumber: order.number, key: 'edit-1', paymentId: paymentId!, at },
});
