import {
  fromBooking,
  fromCancellation,
  fromHandover,
  toBookingBody,
} from '../../adapters/carrier/sandbox/translate';

test('what the carrier may say becomes what we say', () => {
  const parcels = [{ sscc: '1', trackingNumber: 'SBX1', trackingUrl: 'http://x/track/SBX1' }];
  expect(fromBooking({ status: 201, body: { status: 'booked', parcels } })).toEqual({
    outcome: 'booked',
    parcels,
  });
  const refused = { status: 'refused', code: 'unserviceable', message: 'No' };
  expect(fromBooking({ status: 422, body: refused })).toEqual({
    outcome: 'refused',
    code: 'unserviceable',
    message: 'No',
  });
  expect(fromCancellation({ status: 200, body: { status: 'cancelled' } })).toEqual({ outcome: 'cancelled' });
  expect(fromHandover({ status: 200, body: { status: 'accepted' } })).toEqual({ outcome: 'accepted' });
});

test.each([
  ['a status it never had', { status: 201, body: { status: 'maybe' } }],
  ['a booking without parcels', { status: 201, body: { status: 'booked' } }],
  ['a problem', { status: 404, body: { title: 'We know no parcel x', status: 404 } }],
  ['a page of HTML', { status: 200, body: '<html>' }],
])('%s is unexpected, never taken for an outcome', (_, answer) => {
  for (const read of [fromBooking, fromCancellation, fromHandover])
    expect(read(answer)).toEqual({
      outcome: 'unexpected',
      detail: expect.stringContaining(`HTTP ${answer.status}`),
    });
});

test('a channel’s name of its delivery becomes one of the carrier’s two services', () => {
  const address = { name: 'A', line1: 'B 1', line2: 'c/o C', postalCode: '1', city: 'D', country: 'IT' };
  const request = {
    key: 'k',
    direction: 'outbound' as const,
    orderNumber: '1001',
    sender: address,
    recipient: address,
    parcels: [{ sscc: '1', weightGrams: 1 }],
    eventsUrl: 'http://x',
  };
  expect(toBookingBody({ ...request, service: 'express' }).service).toBe('express');
  expect(toBookingBody({ ...request, service: 'courier 24h' }).service).toBe('standard');
  expect(toBookingBody({ ...request, service: 'standard' }).to.street).toBe('B 1, c/o C');
});
