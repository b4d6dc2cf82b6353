/** What fields must be, in the words of every answer, whoever checks them. */
export const fieldWords = {
  missing: 'Is missing',
  unknown: 'There is no such field',
  oneOf: (values: readonly unknown[]) => `Must be one of ${values.join(', ')}`,
  exactly: (value: unknown) => `Must be ${JSON.stringify(value)}`,
  atLeast: (least: unknown) => `Must be ${String(least)} or more`,
  atMost: (most: unknown) => `Must be ${String(most)} or less`,
  moreThan: (least: unknown) => `Must be more than ${String(least)}`,
  lessThan: (most: unknown) => `Must be less than ${String(most)}`,
  notShorter: (least: unknown) =>
    Number(least) === 1 ? 'Must not be empty' : `Must have at least ${String(least)} characters`,
  notLonger: (most: unknown) => `Must have at most ${counted(most, 'character')}`,
  notFewer: (least: unknown) => `Must have at least ${counted(least, 'entry', 'entries')}`,
  notMore: (most: unknown) => `Must have at most ${counted(most, 'entry', 'entries')}`,
};

const counted = (count: unknown, one: string, many = `${one}s`): string =>
  `${String(count)} ${Number(count) === 1 ? one : many}`;
