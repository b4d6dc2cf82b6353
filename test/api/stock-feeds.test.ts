import { gzipSync } from 'node:zlib';
import { createStockFeedActivities } from '../../activities/stock-feeds';
import { createStore } from '../../store';
import { allocateStock } from '../../store/stock/allocate';
import { findStockDifferences } from '../../store/stock/find-stock-differences';
import { setUp } from './support/samples';
import { expectProblem, send } from './support/send';
import { startTestApi, type TestApi } from './support/server';

let api: TestApi;
let started: string[] = [];
/** Each test has a later hour than the one before: feeds of a location go forward. */
let minute = 0;
const takenAt = (): string => new Date(Date.now() - 86_400_000 + (minute += 1) * 60_000).toISOString();

beforeAll(async () => {
  api = await startTestApi({ feeds: { start: (id) => Promise.resolve(void started.push(id)) } });
  await setUp(api);
});
beforeEach(() => {
  started = [];
});
afterAll(() => api.close());

interface Sent {
  mode?: 'full' | 'delta';
  takenAt?: string;
  reference?: string;
  locationId?: string;
  type?: string;
  headers?: Record<string, string>;
}

const upload = (raw: string | Buffer, sent: Sent = {}) => {
  const { type = 'text/csv', headers = {}, ...query } = sent;
  const parameters = new URLSearchParams({
    locationId: 'warehouse',
    mode: 'full',
    takenAt: takenAt(),
    ...query,
  });
  return send(api, {
    path: `/v1/stock/feeds?${parameters.toString()}`,
    raw,
    headers: { 'Content-Type': type, ...headers },
  });
};

interface Feed {
  id: string;
  state: string;
  rows: { read: number; applied: number; unchanged: number; refused: number };
  unnamed: number;
  remark: string | null;
}

/** Uploads and applies it as the import does, and answers the feed and its report. */
async function feed(raw: string | Buffer, sent: Sent = {}): Promise<{ feed: Feed; report: string[] }> {
  const answer = await upload(raw, sent);
  const body = (await answer.json()) as { outcome: string; feed: Feed };
  expect({ status: answer.status, body }).toMatchObject({ status: 202, body: { outcome: 'accepted' } });
  await applyAll(sent.locationId ?? 'warehouse');
  return { feed: await readFeed(body.feed.id), report: await readReport(body.feed.id) };
}

async function applyAll(locationId: string): Promise<void> {
  const { nextStockFeed, applyStockFeed } = createStockFeedActivities({ store: createStore(api.db) });
  for (;;) {
    const { feedId } = await nextStockFeed({ locationId });
    if (feedId === null) return;
    await applyStockFeed({ feedId, at: new Date().toISOString() });
  }
}

const readFeed = async (id: string): Promise<Feed> =>
  (await send(api, { method: 'GET', path: `/v1/stock/feeds/${id}` })).json() as Promise<Feed>;

async function readReport(id: string): Promise<string[]> {
  const answer = await send(api, { method: 'GET', path: `/v1/stock/feeds/${id}/report` });
  expect(answer.headers.get('content-type')).toMatch(/^text\/csv/);
  return (await answer.text()).trim().split('\r\n').slice(1);
}

const stockOf = async (sku: string, locationId = 'warehouse') =>
  (await api
    .db('stock')
    .where({ sku, location_id: locationId })
    .first('on_hand', 'unsellable', 'allocated')) as Record<string, number> | undefined;

const products = async (...skus: string[]) => {
  for (const sku of skus)
    await api.deps.store.saveProduct({ sku, title: sku } as Parameters<typeof api.deps.store.saveProduct>[0]);
};

afterEach(async () => {
  expect(await findStockDifferences(api.db)).toEqual([]);
});

describe('a full feed', () => {
  it('sets what it names, takes off what it does not, and tells of each row', async () => {
    await products('A', 'B', 'C', 'GONE');
    await feed('sku,quantity\nA,5\nGONE,3\n', {});
    const { feed: done, report } = await feed(
      'quantity;sku;unsellable\n5;A;1\n7;B;\n0;C;0\n1;NOBODY;0\n',
      {},
    );
    expect(done).toMatchObject({
      state: 'applied',
      rows: { read: 4, applied: 2, unchanged: 1, refused: 1 },
      unnamed: 1,
    });
    expect(report).toEqual([
      '2,A,applied,5,5,0,1,',
      '3,B,applied,0,7,0,0,',
      '4,C,unchanged,0,0,0,0,',
      '5,NOBODY,refused,,,,,"No product has the SKU ""NOBODY"""',
      ',GONE,applied,3,0,0,0,Not named by the feed',
    ]);
    expect(await stockOf('GONE')).toMatchObject({ on_hand: 0 });
    expect(started).toEqual(['warehouse', 'warehouse']);
  });

  it('leaves held pieces where they are, and tells', async () => {
    await products('HELD', 'OTHER', 'GOOD');
    await feed('sku,quantity\nHELD,5\nOTHER,9\n');
    await allocate('HELD', 2);
    await allocate('OTHER', 4);
    const { report } = await feed('sku,quantity\nOTHER,3\nGOOD,0\n');
    expect(report).toEqual([
      '2,OTHER,refused,9,9,0,0,"It would leave 3 on hand, but there are 4 allocated, 0 reserved, 0 unsellable: release or reject that work first"',
      '3,GOOD,unchanged,0,0,0,0,',
      ',HELD,applied,5,2,0,0,Not named by the feed; 2 are held by orders and stay',
    ]);
  });

  it('adds what was moved after it was taken, and leaves what was counted', async () => {
    await products('MOVED', 'COUNTED');
    await feed('sku,quantity\nMOVED,10\nCOUNTED,10\n');
    await move('MOVED', 'adjustment', -1);
    await move('COUNTED', 'count', 8);
    const { report } = await feed('sku,quantity\nMOVED,12\nCOUNTED,10\n');
    expect(report.slice(0, 2)).toEqual([
      '2,MOVED,applied,9,11,0,0,moved after the feed was taken: -1 on hand',
      '3,COUNTED,refused,8,8,0,0,Counted after the feed was taken: the count stands',
    ]);
  });

  it('leaves a count that found what was expected', async () => {
    await products('CONFIRMED');
    await feed('sku,quantity\nCONFIRMED,10\n');
    await api.db('stock').where({ sku: 'CONFIRMED' }).update({ moved_at: '2020-01-01' });
    await move('CONFIRMED', 'count', 10);
    const { report } = await feed('sku,quantity\nCONFIRMED,12\n');
    expect(report[0]).toContain('Counted after the feed was taken');
  });

  it('concludes nothing when no row is good', async () => {
    await products('KEPT');
    await feed('sku,quantity\nKEPT,4\n');
    const { feed: done } = await feed('sku,quantity\nstranger,1\nKEPT,x\n');
    expect(done).toMatchObject({ unnamed: 0, remark: expect.stringContaining('No row could be applied') });
    expect(await stockOf('KEPT')).toMatchObject({ on_hand: 4 });
  });

  it('takes the first of rows that name the same SKU, over chunks as well', async () => {
    await products('TWICE', 'MANY');
    const many = 'MANY,1\n'.repeat(12_000);
    const { feed: done, report } = await feed(`sku,quantity\nTWICE,5\nTWICE,5\nTWICE,6\n${many}`);
    expect(done).toMatchObject({ rows: { read: 12_003, applied: 2, unchanged: 12_000, refused: 1 } });
    expect(report.slice(0, 3)).toEqual([
      '2,TWICE,applied,0,5,0,0,',
      '3,TWICE,unchanged,,,,,The same as line 2',
      '4,TWICE,refused,,,,,Line 2 names the SKU with other figures: that one counts',
    ]);
  });
});

describe('a delta', () => {
  it('adds row by row, and a row that takes away too much spoils only itself', async () => {
    await products('D');
    const csv = 'sku,quantity\nD,5\nD,-9\nD,-2\n"D",+1\n';
    const { feed: done, report } = await feed(csv, { mode: 'delta', reference: 'delta-1' });
    expect(done.rows).toEqual({ read: 4, applied: 3, unchanged: 0, refused: 1 });
    expect(report.map((line) => line.split(',').slice(0, 5).join(','))).toEqual([
      '2,D,applied,0,5',
      '3,D,refused,5,5',
      '4,D,applied,5,3',
      '5,D,applied,3,4',
    ]);
  });

  it('takes off no more than there is, and says so', async () => {
    await products('FEW');
    const { report } = await feed('sku,quantity\nFEW,-3\n', { mode: 'delta', reference: 'too-much' });
    expect(report).toEqual([
      '2,FEW,refused,0,0,0,0,"It would leave -3 on hand: more is gone than is there, count it"',
    ]);
  });

  it('is refused behind another feed, full or delta, and added to one of the same instant', async () => {
    await products('L');
    const [early, full, late] = [takenAt(), takenAt(), takenAt()];
    await feed('sku,quantity\nL,1\n', { mode: 'delta', takenAt: late, locationId: 'store' });
    const older = { mode: 'delta', takenAt: full, locationId: 'store' } as const;
    expect((await expectProblem(await upload('sku,quantity\nL,1\n', older), 409)).detail).toContain(late);
    await feed('sku,quantity\nL,2\n', { mode: 'delta', takenAt: late, locationId: 'store' });
    expect(await stockOf('L', 'store')).toMatchObject({ on_hand: 3 });
    const behind = await upload('sku,quantity\nL,7\n', { takenAt: full, locationId: 'store' });
    expect((await expectProblem(behind, 409)).detail).toContain(late);
    await feed('sku,quantity\nL,7\n', { locationId: 'store' });
    const refused = await upload('sku,quantity\nL,1\n', {
      mode: 'delta',
      takenAt: early,
      locationId: 'store',
    });
    await expectProblem(refused, 409);
    expect(await stockOf('L', 'store')).toMatchObject({ on_hand: 7 });
  });
});

describe('the same feed again', () => {
  it('is the first one: by reference, or by content and instant', async () => {
    await products('S');
    const sent = { mode: 'delta', takenAt: takenAt(), reference: 'once' } as const;
    await feed('sku,quantity\nS,2\n', sent);
    const again = await upload('sku,quantity\nS,2\n', { ...sent, takenAt: takenAt() });
    expect(await again.json()).toMatchObject({ outcome: 'duplicate', feed: { state: 'applied' } });
    const other = await upload('sku,quantity\nS,3\n', sent);
    expect((await expectProblem(other, 409)).detail).toContain('"once"');

    const plain = { takenAt: takenAt() };
    await feed('sku,quantity\nS,4\n', plain);
    expect(await (await upload('sku,quantity\nS,4\n', plain)).json()).toMatchObject({ outcome: 'duplicate' });
    await applyAll('warehouse');
    expect(await stockOf('S')).toMatchObject({ on_hand: 4 });
    expect(await api.db('stock_feeds').where('state', 'receiving')).toEqual([]);
  });
});

it('keeps the rows of a feed for a time, and for good that there was one', async () => {
  await products('F');
  const sent = { reference: 'forgotten' };
  const { feed: first } = await feed('sku,quantity\nF,2\n', sent);
  const reportOf = (id: string) => send(api, { method: 'GET', path: `/v1/stock/feeds/${id}/report` });
  await api.deps.store.forgetFeedRows({ olderThanMs: 3_600_000 });
  expect((await reportOf(first.id)).status).toBe(200);

  await api.db('stock_feeds').where('id', first.id).update({ applied_at: '2026-01-01' });
  await api.deps.store.forgetFeedRows({ olderThanMs: 3_600_000 });
  expect(await api.db('stock_feed_chunks').where('feed_id', first.id)).toEqual([]);
  await expectProblem(await reportOf(first.id), 404);
  expect(await readFeed(first.id)).toMatchObject({
    rows: { read: 1, applied: 1 },
    rowsForgottenAt: expect.any(String),
  });
  expect(await (await upload('sku,quantity\nF,2\n', sent)).json()).toMatchObject({ outcome: 'duplicate' });
});

describe('a file that cannot be trusted as a whole', () => {
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

  it.each([
    ['no header', 'A,5\n', 'there is no "sku"'],
    ['a column that is not known', 'sku,quantity,colour\n', 'There is no column "colour"'],
    ['a column twice', 'sku,quantity,SKU\n', 'The column "sku" is there twice'],
    ['nothing', '', 'It is empty'],
    ['no rows', 'sku,quantity\n', 'It has no rows'],
    ['an open quote', 'sku,quantity\nA,1\n"B,2\nC,3\n', 'The quote that opens on line 3 is not closed'],
    ['a cut last row', 'sku,quantity\nA,1\nB', 'has 1 of 2 cells and no end'],
    ['Latin 1', Buffer.from('sku,quantity\nCaff\xe8,1\n', 'latin1'), 'It is not UTF-8'],
    ['UTF-16 without its mark', Buffer.from('sku,quantity\nA,1\n', 'utf16le'), 'It has zero bytes'],
    ['half of UTF-16', utf16('sku,quantity\nA,1\n').subarray(0, -1), 'It is not UTF-16'],
  ])('is refused with %s', async (_, raw, detail) => {
    const problem = await expectProblem(await upload(raw), 422);
    expect(problem.detail).toContain(detail);
    expect(await api.db('stock_feeds').where('state', 'receiving')).toEqual([]);
  });

  it.each([
    ['a list that is cut', 'application/json', '[{"sku":"A","quantity":1},{"sku":"B"', 'has no end'],
    ['no list', 'application/json', '{"sku":"A","quantity":1}', 'not a list'],
    ['no JSON', 'application/json', 'sku,quantity\nA,1', 'not JSON'],
    ['a cut line', 'application/x-ndjson', '{"sku":"A","quantity":1}\n{"sku":"B","qua', 'Line 2, the last'],
  ])('is refused as %s', async (_, type, raw, detail) => {
    expect((await expectProblem(await upload(raw, { type }), 422)).detail).toContain(detail);
  });

  it('is refused by its question: time, place, type, compression', async () => {
    const csv = 'sku,quantity\nA,1\n';
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
    expect((await expectProblem(await upload(csv, { takenAt: hours(1) }), 422)).errors).toMatchObject([
      { pointer: '/takenAt' },
    ]);
    await expectProblem(await upload(csv, { takenAt: hours(-24 * 8) }), 422);
    await expectProblem(await upload(csv, { locationId: 'nowhere' }), 422);
    await expectProblem(await upload(csv, { type: 'text/plain' }), 415);
    await expectProblem(await upload(csv, { headers: { 'Content-Encoding': 'zstd' } }), 415);
    await expectProblem(await upload(csv, { headers: { 'Content-Encoding': 'gzip' } }), 400);
  });
});

describe('the shapes that are read', () => {
  it.each([
    ['UTF-8 with its mark and CRLF', 'text/csv', Buffer.from('\ufeffSKU,Quantity\r\nÈ,3\r\n"a ""b""",4\r\n')],
    ['UTF-16', 'text/csv; charset=utf-16', Buffer.from('\ufeffsku\tquantity\nÈ\t3\n"a ""b"""\t4', 'utf16le')],
    [
      'JSON',
      'application/json',
      Buffer.from('[{"sku":"È","quantity":3},\n{"quantity":4,"sku":"a \\"b\\""}]\n'),
    ],
    [
      'JSON lines',
      'application/x-ndjson',
      Buffer.from('{"sku":"È","quantity":3}\n\n{"sku":"a \\"b\\"","quantity":4}'),
    ],
  ])('%s', async (_, type, raw) => {
    await products('È', 'a "b"');
    const { feed: done } = await feed(gzipSync(raw), {
      type,
      locationId: 'store',
      headers: { 'Content-Encoding': 'gzip' },
    });
    expect(done.rows).toMatchObject({ read: 2, refused: 0 });
    expect(await stockOf('È', 'store')).toMatchObject({ on_hand: 3 });
    expect(await stockOf('a "b"', 'store')).toMatchObject({ on_hand: 4 });
  });

  it('tells what is wrong with a row', async () => {
    await products('OK');
    const rows = [
      'OK,1',
      'X,-1',
      'X,1.5',
      'X,',
      ',1',
      'X,1e3',
      'X,9999999',
      'X',
      'X,1,2',
      'X,"1\n2"',
      'X,007',
      'X,1.000',
    ];
    const { report } = await feed(`sku,quantity\n${rows.join('\n')}\n`);
    const outcomes = report.map((line) => line.split(',')[2]).slice(0, rows.length);
    expect(outcomes).toEqual(rows.map((_, index) => (index === 0 ? 'applied' : 'refused')));
    expect(report[2]).toContain('"The quantity ""1.5"" is no whole number');
    expect(report[7]).toContain('The header has 2 cells, this row 1');
    expect(report[8]).toContain('The header has 2 cells, this row 3');
    expect(report[10]).toContain('No product has the SKU');
    expect(report[11]).toContain('write it without the point');
  });

  it('tells what is wrong with an object', async () => {
    await products('GOOD');
    const rows = [{ sku: 'GOOD', quantity: 1 }, 7, ['GOOD', 1], { sku: 'GOOD', quantity: 1, unsellabel: 1 }];
    const { report } = await feed(JSON.stringify(rows), { type: 'application/json' });
    expect(report[0]).toContain(',applied,');
    expect(report.slice(1, 3)).toEqual([
      expect.stringContaining('It is no JSON object'),
      expect.stringContaining('It is no JSON object'),
    ]);
    expect(report[3]).toContain('no field ""unsellabel"" in a feed');
  });
});

async function allocate(sku: string, quantity: number): Promise<void> {
  const key = `hold-${sku}`;
  const allocations = [{ key, lineId: key, sku, locationId: 'warehouse', quantity, keepBack: 0 }];
  expect(
    await allocateStock(api.db, { orderId: 'ord_test', at: new Date().toISOString(), allocations }),
  ).toEqual({ outcome: 'allocated' });
}

async function move(sku: string, type: 'adjustment' | 'count', quantity: number): Promise<void> {
  const movement = { sku, locationId: 'warehouse', type, quantity };
  const answer = await send(api, { path: '/v1/stock/movements', body: { movements: [movement] } });
  expect(await answer.json()).toMatchObject({ results: [{ outcome: 'done' }] });
}
