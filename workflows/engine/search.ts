import { upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

const orderStatus = defineSearchAttributeKey('OrderStatus', SearchAttributeType.KEYWORD);
const waitingFor = defineSearchAttributeKey('WaitingFor', SearchAttributeType.KEYWORD);

/** By these, operations find orders in the Temporal UI. Each call is a billable action: only where it tells much. */
export function showInSearch(shown: { status: string; waitingFor: string }): void {
  upsertSearchAttributes([
    { key: orderStatus, value: shown.status },
    { key: waitingFor, value: shown.waitingFor },
  ]);
}
