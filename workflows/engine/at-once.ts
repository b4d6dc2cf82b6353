import { TemporalFailure } from '@temporalio/workflow';
import type { Activities } from '../../activities';
import { atOnce, carriers, money } from '../activities';
import type { OrderThread } from '../thread';

type Steps = Pick<Activities, 'authorizePayments' | 'bookShipment' | 'settleShipment'>;
type Input<Name extends keyof Steps> = Parameters<Steps[Name]>[0];

const patiently: Steps = {
  authorizePayments: (input) => money.authorizePayments(input),
  bookShipment: (input) => carriers.bookShipment(input),
  settleShipment: (input) => money.settleShipment(input),
};

/**
 * The three steps that every order asks a company for. Mostly it answers in a moment: then the step costs the history one
 * marker, and no task of its own. What fails or takes longer is done by an activity, which is tried until it succeeds;
 * its keys make it meet whatever the first try brought about.
 */
export const authorizePayments = (thread: OrderThread, input: Input<'authorizePayments'>) =>
  first(thread, (steps) => steps.authorizePayments(input));

export const bookShipment = (thread: OrderThread, input: Input<'bookShipment'>) =>
  first(thread, (steps) => steps.bookShipment(input));

export const settleShipment = (thread: OrderThread, input: Input<'settleShipment'>) =>
  first(thread, (steps) => steps.settleShipment(input));

async function first<Answer>(thread: OrderThread, step: (steps: Steps) => Promise<Answer>): Promise<Answer> {
  if (!thread.triesAtOnce) return step(patiently);
  try {
    return await step(atOnce);
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error;
    return step(patiently);
  }
}
