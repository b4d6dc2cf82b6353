import { temporal } from '@temporalio/proto';
import { countActions, sumOf } from '../../bench/orders/count-actions';

const { EventType } = temporal.api.enums.v1;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

const event = (name: keyof typeof EventType, more: HistoryEvent = {}): HistoryEvent => ({
  eventType: EventType[name] as number,
  ...more,
});
const marker = (task: number): HistoryEvent =>
  event('EVENT_TYPE_MARKER_RECORDED', {
    markerRecordedEventAttributes: { workflowTaskCompletedEventId: task as never },
  });

test('markers of one workflow task are one action, retries are their own', () => {
  const counted = countActions([
    event('EVENT_TYPE_WORKFLOW_EXECUTION_STARTED'),
    event('EVENT_TYPE_WORKFLOW_TASK_SCHEDULED'),
    event('EVENT_TYPE_WORKFLOW_TASK_COMPLETED', {
      workflowTaskCompletedEventAttributes: {
        meteringMetadata: { nonfirstLocalActivityExecutionAttempts: 2 },
      },
    }),
    marker(4),
    marker(4),
    marker(9),
    event('EVENT_TYPE_ACTIVITY_TASK_SCHEDULED'),
    event('EVENT_TYPE_ACTIVITY_TASK_STARTED', { activityTaskStartedEventAttributes: { attempt: 3 } }),
    event('EVENT_TYPE_TIMER_STARTED'),
    event('EVENT_TYPE_TIMER_CANCELED'),
    event('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED'),
    event('EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES'),
  ]);
  expect(counted).toEqual({
    start: 1,
    'local activity retry': 2,
    'local activities of a task': 2,
    activity: 1,
    'activity retry': 2,
    timer: 1,
    signal: 1,
    'search attributes': 1,
  });
  expect(sumOf(counted)).toBe(11);
});
