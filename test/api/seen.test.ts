import { changesSince, refuseOutdated, seenOf, whileSeen } from '../../api/seen';

const place = {
  ...{ id: 'north', capacityPerDay: 25, tags: ['a'], calendar: undefined, updatedAt: 'then', updatedBy: 'x' },
  zones: [
    { code: 'north', price: 1 },
    { code: 'far south', price: 2 },
  ],
};

test('what has become another is told in words, with what it is now', () => {
  const seen = seenOf(place);
  expect(changesSince(seen, { ...place, updatedAt: 'now', updatedBy: 'y' })).toEqual([]);
  expect(changesSince(seen, { ...place, capacityPerDay: 30, tags: ['a', 'b'] })).toEqual([
    'capacity per day is 30 now',
    'tags',
  ]);
  expect(changesSince(seen, { ...place, calendar: {}, capacityPerDay: undefined })).toEqual([
    'calendar',
    'capacity per day is gone',
  ]);
  expect(
    changesSince(seen, {
      ...place,
      zones: [
        { code: 'north', price: 3 },
        { code: 'new', price: 1 },
      ],
    }),
  ).toEqual(['zone north', 'zone new', 'zone far south is gone']);
});

test('whatever a form sends instead is another', () => {
  for (const sent of ['', 'x', ':', '%:a id:b', 'id']) {
    expect(changesSince(sent, { id: 'north' })).toContain('id is north now');
    expect(() => refuseOutdated(sent, { id: 'north' }, 'it')).toThrow('Somebody else changed it meanwhile');
  }
});

test('what was not there must not be, and what was seen must be there', () => {
  expect(whileSeen(undefined, 'it')).toBeUndefined();
  expect(() => whileSeen(null, 'it')!(null)).not.toThrow();
  expect(() => whileSeen(null, 'it')!({})).toThrow('Somebody else has just added it');
  expect(() => whileSeen(seenOf(place), 'it')!(null)).toThrow('Somebody else removed it meanwhile');
  expect(() => whileSeen(seenOf(place), 'it')!(place)).not.toThrow();
});
