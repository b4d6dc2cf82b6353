import { invalidInput, notFound } from '../../api/problem';
import { problemInWords } from '../../console/words/fields';

const told = (...pointers: string[]): string =>
  problemInWords(invalidInput(pointers.map((pointer) => ({ pointer, detail: 'Is missing' }))));

test.each([
  ['/shippingAddress/line1', 'Street: Is missing'],
  ['/customer/email', 'Mail: Is missing'],
  ['/billingAddress/postalCode', 'Billing address, Postal code: Is missing'],
  ['/lines/0/unitCost/amount', 'Cost of each: Is missing'],
  ['/lines/0/quantity', 'Pieces: Is missing'],
  ['/lines/2/sku', 'Line 3, SKU: Is missing'],
  ['/lines/2', 'Line 3: Is missing'],
  ['/lines', 'Lines: Is missing'],
  ['/amount', 'Amount: Is missing'],
  ['/movements/0/quantity', 'Pieces: Is missing'],
  ['/destinations/1/shippingAddress/city', 'Place 2, City: Is missing'],
  ['/calendar/weekdays/tue/close', 'Tuesday, To: Is missing'],
  ['/a~1b', 'A/b: Is missing'],
  ['/carrierPickupDay', 'Carrier pickup day: Is missing'],
  ['', 'Is missing'],
])('%s is told as "%s"', (pointer, words) => {
  expect(told(pointer)).toBe(words);
});

test('lines are counted where several are wrong', () => {
  expect(told('/lines/0/quantity', '/lines/1/quantity')).toBe(
    'Line 1, Pieces: Is missing; Line 2, Pieces: Is missing',
  );
});

test('a problem without fields is told as it is', () => {
  expect(problemInWords(notFound('There is no such order'))).toBe('There is no such order');
});
