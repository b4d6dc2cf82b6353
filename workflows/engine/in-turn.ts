import {
  type WorkflowInboundCallsInterceptor,
  type WorkflowInterceptors,
  type WorkflowOutboundCallsInterceptor,
} from '@temporalio/workflow';
import { says } from './placed-since';

/**
 * Local activities of an order are done one after the other, and what comes meanwhile is heard when they are over. Each
 * answer of a local activity wakes the order by itself when it comes, but together with others, and with whatever came
 * while it took long, when its history is replayed: what follows would begin in another order then, and be given the
 * answer of something else. Orders that were placed before go on as they began; their memo does not say so.
 */
export function interceptors(): WorkflowInterceptors {
  const turns = createTurns();
  return { inbound: [hearingInTurn(turns)], outbound: [actingInTurn(turns)] };
}

interface Turns {
  take<T>(step: () => Promise<T>): Promise<T>;
  areTaken(): boolean;
  /** Until no local activity is under way, or waits for its turn. */
  over(): Promise<void>;
}

function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let taken = 0;
  const take = <T>(step: () => Promise<T>): Promise<T> => {
    taken += 1;
    const done = last.then(step);
    const isDone = (): void => void (taken -= 1);
    last = done.then(isDone, isDone);
    return done;
  };
  const over = async (): Promise<void> => {
    while (taken > 0) await last;
  };
  return { take, over, areTaken: () => taken > 0 };
}

/** Where nothing is under way, it is heard at this very moment. */
function hearingInTurn(turns: Turns): WorkflowInboundCallsInterceptor {
  const hear = <T>(go: () => Promise<T>): Promise<T> =>
    says('hearsInTurn') && turns.areTaken() ? turns.over().then(go) : go();
  return {
    handleSignal: (input, next) => hear(() => next(input)),
    handleUpdate: (input, next) => hear(() => next(input)),
  };
}

function actingInTurn(turns: Turns): WorkflowOutboundCallsInterceptor {
  const hear = <T>(answer: Promise<T>): Promise<T> =>
    says('hearsInTurn') ? answer.finally(() => (turns.areTaken() ? turns.over() : undefined)) : answer;
  return {
    scheduleLocalActivity: (input, next) =>
      says('takesTurns') ? turns.take(() => next(input)) : next(input),
    scheduleActivity: (input, next) => hear(next(input)),
    startTimer: (input, next) => hear(next(input)),
  };
}
