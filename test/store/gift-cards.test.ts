import { findCreditHold, moveCredit } from '../../store/payment/credit-accounts';
import { findCreditDifferences } from '../../store/payment/find-credit-differences';
import { openGiftCard } from '../../store/payment/open-gift-card';
import { meeting } from '../support/meetings';
import { eur, openWarehouse, type Warehouse } from './support/warehouse';

let warehouse: Warehouse;
beforeAll(async () => (warehouse = await openWarehouse()));
afterAll(() => warehouse?.close());
afterEach(async () => expect(await findCreditDifferences(warehouse.db)).toEqual([]));

/** Three workers ask for the same at once. */
const byThree = (
  code: string,
  kind: Parameters<typeof moveCredit>[1],
  amount: number,
  key: string = kind,
) => {
  const move = () =>
    moveCredit(warehouse.db, kind, { key: `${code}:${key}`, code, currency: 'EUR', amount, orderId: 'o' });
  return meeting(warehouse.db, () => Promise.all([move(), move(), move()]));
};
const all = (answer: string): string[] => Array(3).fill(answer);

test.each([
  { when: 'takes all that is there', balance: 400 },
  { when: 'leaves enough for another', balance: 4000 },
])('a move that several ask for at once is one, and none of them is refused, when it $when', async (card) => {
  const code = `G-${card.balance}`;
  await openGiftCard(warehouse.db, { code, balance: eur(card.balance) });
  for (const kind of ['hold', 'capture', 'credit'] as const)
    expect(await byThree(code, kind, 400)).toEqual(all('done'));
  expect(await findCreditHold(warehouse.db, `${code}:hold`)).toMatchObject({ held: 0 });
  const account = await warehouse.db('credit_accounts').where({ code }).first('balance', 'held');
  expect(account).toEqual({ balance: card.balance, held: 0 });
});

test('what the card does not cover is refused to each of them', async () => {
  await openGiftCard(warehouse.db, { code: 'G-poor', balance: eur(399) });
  expect(await byThree('G-poor', 'hold', 400)).toEqual(all('insufficient'));
});
