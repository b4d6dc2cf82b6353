export interface BatcherOptions<Request, Answer> {
  /** Requests of the same intent that wait at the same time are flushed once and answered alike. */
  intentOf(request: Request): string;
  /** What the request contends for. Requests that share a key are flushed together or one after the other. */
  keysOf(request: Request): readonly string[];
  /** Requests in one flush, at most. */
  maxSize: number;
  /** A flush that takes longer is held up: requests of other keys need not wait for it. */
  patienceMs: number;
  /** Flushes at the same time, at most; those that share a key never run at the same time. */
  maxUnderWay: number;
  /** Settles each request of a batch, in their order; the batch is in order of arrival. */
  flush(batch: readonly Request[]): Promise<PromiseSettledResult<Answer>[]>;
}

interface Waiting<Request, Answer> {
  request: Request;
  keys: readonly string[];
  answer: Promise<Answer>;
  settle(result: PromiseSettledResult<Answer>): void;
}

interface Flush<Request, Answer> {
  batch: readonly Waiting<Request, Answer>[];
  isHeldUp: boolean;
}

/**
 * Lets requests that come while a flush is under way share the next one. Who meets none waits for nothing but the
 * end of this turn of the event loop, so that those who ask at the same instant, as all do whom the flush before
 * has just answered, go together. One flush runs at a time, which makes the fullest batches, unless it is held up.
 * For each key the order of arrival is kept: who waits for a busy key keeps waiting, for all of its keys, whoever
 * came later, so that a request of many keys is never overtaken without end.
 */
export function createBatcher<Request, Answer>(
  options: BatcherOptions<Request, Answer>,
): (request: Request) => Promise<Answer> {
  const waiting = new Map<string, Waiting<Request, Answer>>();
  const underWay = new Set<Flush<Request, Answer>>();
  let isTurnAwaited = false;

  function startAfterThisTurn(): void {
    if (isTurnAwaited) return;
    isTurnAwaited = true;
    setImmediate(() => {
      isTurnAwaited = false;
      startNext();
    });
  }

  function startNext(): void {
    const flushes = [...underWay];
    if (flushes.length === options.maxUnderWay || flushes.some(({ isHeldUp }) => !isHeldUp)) return;
    const batch = takeNext(new Set(flushes.flatMap((each) => each.batch.flatMap(({ keys }) => keys))));
    if (batch.length > 0) void run({ batch, isHeldUp: false });
  }

  function takeNext(busy: Set<string>): Waiting<Request, Answer>[] {
    const batch: Waiting<Request, Answer>[] = [];
    for (const [intent, entry] of waiting) {
      if (batch.length === options.maxSize) break;
      if (entry.keys.some((key) => busy.has(key))) for (const key of entry.keys) busy.add(key);
      else {
        batch.push(entry);
        waiting.delete(intent);
      }
    }
    return batch;
  }

  async function run(flush: Flush<Request, Answer>): Promise<void> {
    underWay.add(flush);
    const patience = setTimeout(() => {
      flush.isHeldUp = true;
      startNext();
    }, options.patienceMs);
    const results = await settleAll(flush.batch.map(({ request }) => request));
    clearTimeout(patience);
    underWay.delete(flush);
    flush.batch.forEach((entry, index) => entry.settle(results[index]!));
    startAfterThisTurn();
  }

  async function settleAll(requests: readonly Request[]): Promise<PromiseSettledResult<Answer>[]> {
    try {
      return await options.flush(requests);
    } catch (reason) {
      return requests.map(() => ({ status: 'rejected', reason }));
    }
  }

  return (request) => {
    const intent = options.intentOf(request);
    let entry = waiting.get(intent);
    if (!entry) {
      entry = createWaiting(request, options.keysOf(request));
      waiting.set(intent, entry);
      startAfterThisTurn();
    }
    return entry.answer;
  };
}

function createWaiting<Request, Answer>(request: Request, keys: readonly string[]): Waiting<Request, Answer> {
  let settle!: Waiting<Request, Answer>['settle'];
  const answer = new Promise<Answer>((resolve, reject) => {
    settle = (result) => (result.status === 'fulfilled' ? resolve(result.value) : reject(result.reason));
  });
  return { request, keys, answer, settle };
}
