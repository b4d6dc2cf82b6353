import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { restWhenSlow } from '../../activities/rest-when-slow';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const as = <T>(isLocal: boolean, run: () => Promise<T>): Promise<T> =>
  asyncLocalStorage.run({ info: { attempt: 1, isLocal } } as unknown as Context, run);

function openCompany() {
  let isHanging = false;
  let asked = 0;
  const steps = restWhenSlow({
    ask: (): Promise<string> => {
      asked += 1;
      return isHanging ? new Promise(() => undefined) : Promise.resolve('answered');
    },
    other: () => Promise.resolve('answered'),
  });
  return {
    steps,
    hang: (hangs: boolean) => (isHanging = hangs),
    asked: () => asked,
    atOnce: () => as(true, () => steps.ask()),
    asActivity: () => as(false, () => steps.ask()),
  };
}

test('a company that is well is asked at once each time', async () => {
  const company = openCompany();
  for (let time = 1; time <= 3; time += 1) expect(await company.atOnce()).toBe('answered');
  jest.advanceTimersByTime(10_000);
  expect(await company.atOnce()).toBe('answered');
});

test('while a try hangs no other is made at once; activities go on, and so do other steps', async () => {
  const company = openCompany();
  company.hang(true);
  void company.atOnce();
  jest.advanceTimersByTime(2_000);
  company.hang(false);
  await expect(company.atOnce()).rejects.toMatchObject({ type: 'notAtOnce', nonRetryable: true });
  expect(company.asked()).toBe(1);
  expect(await company.asActivity()).toBe('answered');
  expect(await as(true, () => company.steps.other())).toBe('answered');
});

test('after a rest one try alone finds out, and a quick answer ends it', async () => {
  const company = openCompany();
  company.hang(true);
  void company.atOnce();
  jest.advanceTimersByTime(2_000 + 5_000);
  void company.atOnce();
  expect(company.asked()).toBe(2);
  await expect(company.atOnce()).rejects.toMatchObject({ type: 'notAtOnce' });
  jest.advanceTimersByTime(2_000 + 5_000);
  company.hang(false);
  expect(await company.atOnce()).toBe('answered');
  expect(await company.atOnce()).toBe('answered');
  expect(company.asked()).toBe(4);
});

test('an activity that takes long is its own matter', async () => {
  const company = openCompany();
  company.hang(true);
  void company.asActivity();
  jest.advanceTimersByTime(60_000);
  company.hang(false);
  expect(await company.atOnce()).toBe('answered');
});
