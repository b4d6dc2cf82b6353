import type { OrderAnswer } from '../../api/services/orders';
import { placesOf } from '../../console/pages/edit-places';

const order = { lines: [], destinations: [], currency: 'EUR', shippingAddress: {} } as unknown as OrderAnswer;
const typed = { 'place.new.id': 'grandmother', 'place.new.address.city': 'Napoli' };
const added = (form: Record<string, string>) => placesOf({ ...typed, ...form }, order).destinations;

test('a place is added when something goes there, and a row without a SKU is nothing', () => {
  expect(added({ 'add.1.sku': '', 'add.1.to': 'new' })).toBeUndefined();
  expect(
    added({ 'add.1.sku': '  ', 'add.1.to': 'new', 'add.2.sku': 'CUP', 'add.2.to': 'own' }),
  ).toBeUndefined();
  expect(added({ 'add.1.to': 'new' })).toBeUndefined();
  expect(added({ 'add.1.sku': '', 'add.1.to': 'new', 'add.2.sku': 'CUP', 'add.2.to': 'new' })).toMatchObject([
    { id: 'grandmother' },
  ]);
  expect(added({ 'to.line-1': 'new' })).toMatchObject([{ id: 'grandmother' }]);
});
