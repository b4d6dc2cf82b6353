import { seenOf } from '../../api/seen';
import { startTestConsole, type TestConsole } from './support/console-server';
import type { TestVisitor } from './support/visitor';

let console: TestConsole;
let boss: TestVisitor;
let csrf: string;

beforeAll(async () => {
  console = await startTestConsole();
  boss = await console.as('admin');
  ({ csrf } = await boss.get('/stock/buffers'));
});
afterAll(() => console.close());

const buffers = '/stock/buffers';
const read = (id: string) => console.api.deps.store.findBuffer(id);
const fileOf = (formKey: string, base: number, fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ csrf, formKey, ...fields })) form.set(name, value);
  const header = 'carrier,service,currency,validFrom,zone,from,to,minDays,maxDays,price';
  const text = `${header}\nposta,p,EUR,2026-01-01,home,IT,IT,1,2,${base}.00\n`;
  form.set('file', new Blob([text], { type: 'text/csv' }), 'tariff.csv');
  return form;
};

test('a form that is sent again has been done, and does not hear of its own change', async () => {
  const added = { csrf, formKey: 'add', category: 'again', pieces: '2' };
  for (let time = 0; time < 2; time += 1)
    expect(await boss.post(buffers, added)).toMatchObject({ status: 303, location: buffers });
  const seen = seenOf((await read('again'))!);
  const changed = { csrf, formKey: 'change', id: 'again', seen, pieces: '3' };
  // Its button is pressed twice at once, and once more in a page that follows nothing by itself.
  const answers = await Promise.all([1, 2, 3].map(() => boss.post(`${buffers}/change`, changed)));
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  const inPage = await boss.post(`${buffers}/change`, changed, { 'HX-Request': 'true' });
  expect([inPage.status, inPage.headers.get('HX-Redirect')]).toEqual([200, buffers]);
  expect(await read('again')).toMatchObject({ pieces: 3 });

  // Another intent: other fields, and another form with the same.
  for (const other of [{ pieces: '4' }, { formKey: 'other' }])
    expect(await boss.post(`${buffers}/change`, { ...changed, ...other })).toMatchObject({
      status: 409,
      text: expect.stringContaining('meanwhile: pieces is 3 now') as string,
    });
  expect(await read('again')).toMatchObject({ pieces: 3 });
});

test('what was refused may be sent again', async () => {
  const form = { csrf, formKey: 'refused', category: 'later', channel: 'later', pieces: '1' };
  expect((await boss.post(buffers, form)).status).toBe(422);
  await boss.post(buffers, { ...form, formKey: 'none', channel: '' });
  expect((await boss.post(buffers, { ...form, channel: '' })).status).toBe(409);
  await console.api.deps.store.deleteBuffer('later', new Date().toISOString());
  expect((await boss.post(buffers, { ...form, channel: '' })).status).toBe(303);
});

test('a file that is sent again is the same, another file is not', async () => {
  const path = '/tariffs/file/new';
  for (let time = 0; time < 2; time += 1) {
    const answer = await boss.send(path, fileOf('file', 4, { id: 'posta-again' }));
    expect(answer).toMatchObject({ status: 303, location: '/tariffs/posta-again' });
  }
  expect((await boss.send(path, fileOf('file', 5, { id: 'posta-again' }))).status).toBe(409);
});
