import { findAccount } from '../../store/account/find-account';
import { findAccountDifferences } from '../../store/account/find-account-differences';
import { moveAccount } from '../../store/account/move-account';
import { payAccount } from '../../store/account/pay-account';
import { saveAccount } from '../../store/account/save-account';
import { meeting } from '../support/meetings';
import { at, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());
afterEach(async () => expect(await findAccountDifferences(warehouse.db)).toEqual([]));

let accounts = 0;

async function open(creditLimit: number): Promise<string> {
  const code = `account-${(accounts += 1)}`;
  expect((await terms(code, creditLimit)).outcome).toBe('saved');
  return code;
}
const terms = (code: string, creditLimit: number) =>
  saveAccount(warehouse.db, {
    ...{ code, channel: 'web', name: 'Bottega', currency: 'EUR', priceList: null, creditLimit },
  });

const move = (
  kind: Parameters<typeof moveAccount>[1],
  account: string,
  key: string,
  amount: number,
  orderId = `order-${key}`,
) => moveAccount(warehouse.db, kind, { key: `${account}:${key}`, account, amount, currency: 'EUR', orderId });

const agree = async (orderId: string, by: string) => {
  await warehouse.db('order_holds').insert({
    ...{ order_id: orderId, key: 'credit', type: 'credit', reason: 'limit', actor: 'system', placed_at: at },
    ...{ released_at: at, released_by: by, owner: 'support', then_what: 'cancelOrder', until: at },
  });
};

test('many orders at the same instant hold what fits into the limit, and not a cent more', async () => {
  const code = await open(1000);
  const keys = Array.from({ length: 40 }, (_, index) => `o${index}`);
  const answers = await Promise.all(keys.map((key) => move('hold', code, key, 300)));
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(3);
  expect(answers.filter((answer) => answer === 'overLimit')).toHaveLength(37);
  expect(await findAccount(warehouse.db, code)).toMatchObject({ held: 900, owed: 0 });
});

test('a move that is repeated, one after another or by several at once, is one', async () => {
  const code = await open(1000);
  for (const kind of ['hold', 'capture', 'refund'] as const) {
    const ask = () => move(kind, code, kind, 400, 'o');
    expect(await meeting(warehouse.db, () => Promise.all([ask(), ask(), ask()]))).toEqual(
      Array(3).fill('done'),
    );
    expect(await ask()).toBe('done');
  }
  expect(await findAccount(warehouse.db, code)).toMatchObject({ held: 0, owed: 0 });
});

test('what a person agreed to goes beyond the limit, what the system released does not', async () => {
  const code = await open(1000);
  const [agreed, released] = await Promise.all([
    warehouse.recordOrder({ lines: [{ sku: await warehouse.freshSku(), quantity: 1 }] }),
    warehouse.recordOrder({ lines: [{ sku: await warehouse.freshSku(), quantity: 1 }] }),
  ]);
  await agree(agreed.id, 'support:Ada');
  await agree(released.id, 'system');
  expect(await move('hold', code, 'released', 1500, released.id)).toBe('overLimit');
  expect(await move('hold', code, 'agreed', 1500, agreed.id)).toBe('done');
  expect(await move('hold', code, 'next', 1)).toBe('overLimit');
  // What was agreed to once is no room for others when it is paid.
  expect(await move('capture', code, 'capture', 1500, agreed.id)).toBe('done');
  await payAccount(warehouse.db, {
    ...{ account: code, currency: 'EUR', amount: 600, reference: 'B1', actor: 'test', at },
  });
  expect(await move('hold', code, 'fits', 100)).toBe('done');
  expect(await move('hold', code, 'not', 1)).toBe('overLimit');
});

test('a limit that is lowered below what is owed lets nothing go until enough was paid', async () => {
  const code = await open(1000);
  expect(await move('hold', code, 'a', 800, 'a')).toBe('done');
  expect((await terms(code, 500)).outcome).toBe('saved');
  expect(await move('hold', code, 'b', 1)).toBe('overLimit');
  expect(await move('release', code, 'a-void', 800, 'a')).toBe('done');
  expect(await move('hold', code, 'c', 500)).toBe('done');
});

test('no statement can put an account beyond its limit', async () => {
  const code = await open(1000);
  await expect(warehouse.db('accounts').where({ code }).update({ held: 1001 })).rejects.toThrow(
    /accounts_within_limit/,
  );
  await expect(warehouse.db('account_ledger').update({ owed: 0 }).where({ account: code })).resolves.toBe(0);
});

test('a payment is taken once; its reference with another amount is told', async () => {
  const code = await open(1000);
  const pay = (amount: number, currency = 'EUR') =>
    payAccount(warehouse.db, { account: code, currency, amount, reference: 'B2', actor: 'test', at });
  const answers = await meeting(warehouse.db, () => Promise.all([pay(300), pay(300), pay(300)]));
  expect(answers).toEqual(Array(3).fill({ outcome: 'done' }));
  expect(await pay(300)).toEqual({ outcome: 'done' });
  expect(await pay(200)).toEqual({ outcome: 'differs', amount: 300 });
  expect(await findAccount(warehouse.db, code)).toMatchObject({ owed: -300 });
});
