import { createWaitTogether } from '../../api/services/wait-together';

const long = 60_000;

test('who waits at the same time is asked for by one question, each subject once', async () => {
  const questions: string[][] = [];
  const wait = createWaitTogether((subjects) => {
    questions.push(subjects);
    return Promise.resolve([]);
  });
  await Promise.all([wait('a', long), wait('b', long), wait('a', long)]);
  expect(questions).toEqual([['a', 'b']]);
});

test('each goes on when its own subject is there, the others keep waiting', async () => {
  const awaited = new Set(['a', 'b']);
  const gone: string[] = [];
  const wait = createWaitTogether((subjects) => Promise.resolve(subjects.filter((id) => awaited.has(id))));
  const a = wait('a', long).then(() => void gone.push('a'));
  const b = wait('b', long).then(() => {
    gone.push('b');
    awaited.delete('a');
  });
  awaited.delete('b');
  await Promise.all([a, b]);
  expect(gone).toEqual(['b', 'a']);
});

test('who comes while a question is under way is not answered by it', async () => {
  let late: Promise<void> | undefined;
  const questions: string[][] = [];
  const wait = createWaitTogether((subjects) => {
    questions.push(subjects);
    late ??= wait('late', long);
    return Promise.resolve([]);
  });
  await wait('first', long);
  await late;
  expect(questions).toEqual([['first'], ['late']]);
});

test('when the time is up the wait is over', async () => {
  const wait = createWaitTogether((subjects) => Promise.resolve(subjects));
  await expect(wait('never', 0)).resolves.toBeUndefined();
});

test('a question that fails is told to who was asked for, and the next is asked anew', async () => {
  let isThere = false;
  const wait = createWaitTogether(() =>
    isThere ? Promise.resolve([]) : Promise.reject(new Error('the database is gone')),
  );
  await expect(Promise.all([wait('a', long), wait('b', long)])).rejects.toThrow('the database is gone');
  isThere = true;
  await expect(wait('a', long)).resolves.toBeUndefined();
});
