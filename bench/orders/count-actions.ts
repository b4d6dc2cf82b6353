import { temporal } from '@temporalio/proto';

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
const { EventType } = temporal.api.enums.v1;

/**
 * Billable actions of a history, by kind, after the rules that Temporal Cloud publishes
 * (https://docs.temporal.io/evaluate/cloud/actions, read in 2026):
 * - one for a start, whoever makes it; search attributes given at the start cost nothing;
 * - one for each signal, each update that was accepted, each timer started (also those behind
 *   `condition(…, timeout)`), each `upsertSearchAttributes` (however many attributes), each change of options;
 * - one for each activity, and one more for each of its retries;
 * - one for all markers of one workflow task together: local activities that run in a row within a task are one;
 *   one more for each retry of a local activity after a heartbeat of the task (the completed task tells how many);
 * - two for a child workflow.
 * Workflow tasks, completions of activities, timers that fire or are cancelled and the end of the workflow cost
 * nothing. Not in any history, and not asked for by an order: queries, heartbeats, heartbeats of workflow tasks.
 */
export function countActions(events: readonly HistoryEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const add = (kind: string, count = 1): void => {
    if (count > 0) counts[kind] = (counts[kind] ?? 0) + count;
  };
  const tasksWithMarkers = new Set<string>();
  for (const event of events) {
    const kind = oncePerEvent[event.eventType as number];
    if (kind) add(kind);
    add('activity retry', Number(event.activityTaskStartedEventAttributes?.attempt ?? 1) - 1);
    const metering = event.workflowTaskCompletedEventAttributes?.meteringMetadata;
    add('local activity retry', Number(metering?.nonfirstLocalActivityExecutionAttempts ?? 0));
    const task = event.markerRecordedEventAttributes?.workflowTaskCompletedEventId;
    if (task) tasksWithMarkers.add(String(task));
  }
  add('local activities of a task', tasksWithMarkers.size);
  add('child workflow started', counts['child workflow intended'] ?? 0);
  return counts;
}

const oncePerEvent: Partial<Record<number, string>> = {
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED]: 'start',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED]: 'signal',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED]: 'update',
  [EventType.EVENT_TYPE_TIMER_STARTED]: 'timer',
  [EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES]: 'search attributes',
  [EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED]: 'options',
  [EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED]: 'activity',
  [EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED]: 'child workflow intended',
};

/** How many events of each type a history holds, under short names. */
export function countEvents(events: readonly HistoryEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) {
    const name = EventType[event.eventType as number]?.replace('EVENT_TYPE_', '') ?? 'unknown';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

export const sumOf = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);
