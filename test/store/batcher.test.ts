import fc from 'fast-check';
import { createBatcher } from '../../store/batch/batcher';
import { settleApart } from '../../store/batch/settle-apart';

interface Request {
  id: number;
  keys: string[];
}
// The end of a turn is real; only how long a flush takes is played.
beforeAll(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] }));
afterAll(() => jest.useRealTimers());
const patienceMs = 50;
const losePatience = () => jest.advanceTimersByTime(patienceMs);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const done = (ids: readonly number[]): PromiseSettledResult<number>[] =>
  ids.map((value) => ({ status: 'fulfilled', value }));

/** Flushes that end when told to. */
function openFlushes(maxSize = 100, maxUnderWay = 4) {
  const underWay: { ids: number[]; end(): void }[] = [];
  const order: number[] = [];
  const ask = createBatcher<Request, number>({
    ...{ maxSize, maxUnderWay, patienceMs, intentOf: ({ id }) => `${id}`, keysOf: ({ keys }) => keys },
    flush: (batch) => {
      const ids = batch.map(({ id }) => id);
      order.push(...ids);
      return new Promise((resolve) => underWay.push({ ids, end: () => resolve(done(ids)) }));
    },
  });
  const endOne = async (index = 0): Promise<void> => {
    underWay.splice(index, 1)[0]!.end();
    await turn();
    await turn();
  };
  return { ask, underWay, order, endOne };
}

test('who comes while a flush is under way shares the next, in order of arrival', async () => {
  const { ask, underWay, endOne } = openFlushes();
  const first = ask({ id: 1, keys: ['hot'] });
  await turn();
  const others = [2, 3, 4].map((id) => ask({ id, keys: ['hot'] }));
  await turn();
  expect(underWay.map(({ ids }) => ids)).toEqual([[1]]);
  await endOne();
  expect(await first).toBe(1);
  expect(underWay.map(({ ids }) => ids)).toEqual([[2, 3, 4]]);
  await endOne();
  expect(await Promise.all(others)).toEqual([2, 3, 4]);
});

test('the same intent twice in one batch is asked once and both are answered', async () => {
  const { ask, underWay, endOne } = openFlushes();
  const both = [ask({ id: 1, keys: ['hot'] }), ask({ id: 1, keys: ['hot'] })];
  await turn();
  expect(underWay.map(({ ids }) => ids)).toEqual([[1]]);
  await endOne();
  expect(await Promise.all(both)).toEqual([1, 1]);
});

test('other keys do not wait for a flush that is held up, and nobody overtakes a request of several keys', async () => {
  const { ask, underWay, endOne } = openFlushes();
  const asked = [ask({ id: 1, keys: ['a'] })];
  await turn();
  asked.push(ask({ id: 2, keys: ['a', 'b'] }), ask({ id: 3, keys: ['b'] }), ask({ id: 4, keys: ['c'] }));
  await turn();
  expect(underWay.map(({ ids }) => ids)).toEqual([[1]]);
  losePatience();
  expect(underWay.map(({ ids }) => ids)).toEqual([[1], [4]]);
  losePatience();
  await endOne();
  expect(underWay.map(({ ids }) => ids)).toEqual([[4], [2, 3]]);
  await endOne();
  await endOne();
  expect(await Promise.all(asked)).toEqual([1, 2, 3, 4]);
});

test('whatever comes: all are answered, keys are never flushed side by side, each key keeps its order', async () => {
  const request = fc.record({
    keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    /** Which flush ends after it came, if any is under way. */
    ends: fc.option(fc.nat(3)),
    isSlow: fc.boolean(),
  });
  const limits = fc.record({
    maxSize: fc.integer({ min: 1, max: 4 }),
    lanes: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 30 }), limits, async (sketches, { maxSize, lanes }) => {
      const { ask, underWay, order, endOne } = openFlushes(maxSize, lanes);
      const keysOf = (id: number): string[] => sketches[id]!.keys;
      const look = () => {
        expect(underWay.length).toBeLessThanOrEqual(lanes);
        for (const { ids } of underWay) expect(ids.length).toBeLessThanOrEqual(maxSize);
        const busy = underWay.flatMap(({ ids }) => [...new Set(ids.flatMap(keysOf))]);
        expect(new Set(busy).size).toBe(busy.length);
      };
      const asked: Promise<number>[] = [];
      for (const [id, { keys, ends, isSlow }] of sketches.entries()) {
        asked.push(ask({ id, keys }));
        if (ends === null) continue;
        await turn();
        if (isSlow) losePatience();
        look();
        if (underWay.length > 0) await endOne(ends % underWay.length);
        look();
      }
      await turn();
      while (underWay.length > 0) {
        await endOne();
        look();
      }
      expect(await Promise.all(asked)).toEqual(sketches.map((_, id) => id));
      for (const key of ['a', 'b', 'c']) {
        const flushed = order.filter((id) => keysOf(id).includes(key));
        expect(flushed).toEqual([...flushed].sort((a, b) => a - b));
      }
    }),
  );
});

test('a flush that throws is told to its batch alone', async () => {
  let isBroken = true;
  const ask = createBatcher<Request, number>({
    ...{ maxSize: 9, maxUnderWay: 1, patienceMs, intentOf: ({ id }) => `${id}`, keysOf: ({ keys }) => keys },
    flush: async (batch) => {
      if (isBroken) throw new Error('out of reach');
      return done(batch.map(({ id }) => id));
    },
  });
  await expect(ask({ id: 1, keys: ['a'] })).rejects.toThrow('out of reach');
  isBroken = false;
  expect(await ask({ id: 1, keys: ['a'] })).toBe(1);
});

const refusal = Object.assign(new Error('refused'), { code: '23503' });

test('of a batch that the database refuses only those at fault are told, the others are done in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), async (faults) => {
      const ran: number[] = [];
      const results = await settleApart([...faults.keys()], async (ids) => {
        if (ids.some((id) => faults[id])) throw refusal;
        ran.push(...ids);
        return [...ids];
      });
      expect(results.map(({ status }) => status === 'rejected')).toEqual(faults);
      expect(ran).toEqual([...faults.keys()].filter((id) => !faults[id]));
    }),
  );
});

test('what is nobody’s fault is not asked again for each', async () => {
  let asked = 0;
  const results = await settleApart([1, 2, 3], async () => {
    asked += 1;
    throw new Error('connection terminated');
  });
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toBe(1);
});
