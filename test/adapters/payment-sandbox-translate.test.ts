import { fromAuthorization, fromMovement, fromVoid } from '../../adapters/payment/sandbox/translate';

const declined = { status: 'declined', code: 'cardDeclined', message: 'No' };

test('what the provider may say becomes what we say', () => {
  const authorized = { status: 'authorized', id: 'auth_1', expiresAt: '2026-03-08T10:00:00.000Z' };
  expect(fromAuthorization({ status: 201, body: authorized })).toEqual({
    outcome: 'authorized',
    reference: 'auth_1',
    expiresAt: '2026-03-08T10:00:00.000Z',
  });
  expect(fromMovement({ status: 201, body: { status: 'succeeded', id: 'capture_1' } })).toEqual({
    outcome: 'done',
    reference: 'capture_1',
  });
  const said = { outcome: 'declined', code: 'cardDeclined', message: 'No' };
  expect(fromAuthorization({ status: 402, body: declined })).toEqual(said);
  expect(fromMovement({ status: 402, body: declined })).toEqual(said);
  expect(fromVoid({ status: 200, body: { status: 'voided' } })).toEqual({ outcome: 'voided' });
  expect(fromVoid({ status: 200, body: { status: 'nothingToVoid' } })).toEqual({ outcome: 'nothingToVoid' });
});

test.each([
  ['a status it never had', { status: 201, body: { status: 'pendingReview', id: 'auth_1' } }],
  ['a body under the wrong HTTP status', { status: 200, body: declined }],
  ['a body without its id', { status: 201, body: { status: 'succeeded' } }],
  ['a page of HTML', { status: 201, body: '<html>' }],
  ['nothing', { status: 204, body: '' }],
  ['a problem', { status: 409, body: { title: 'This key was used for another request', status: 409 } }],
])('%s is unexpected, never taken for an outcome', (_, answer) => {
  for (const read of [fromAuthorization, fromMovement, fromVoid])
    expect(read(answer)).toEqual({
      outcome: 'unexpected',
      detail: expect.stringContaining(`HTTP ${answer.status}`),
    });
});
