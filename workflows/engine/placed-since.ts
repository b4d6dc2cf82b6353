import { workflowInfo } from '@temporalio/workflow';
import type { OrderMemo } from '../messages';

/** What an order's memo says of how it runs; one that was placed before there was such a way goes on without it. */
export const says = (what: 'takesTurns' | 'hearsInTurn'): boolean =>
  (workflowInfo().memo as Partial<OrderMemo> | undefined)?.[what] === true;
