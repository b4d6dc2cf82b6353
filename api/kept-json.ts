const deepest = 50;

/** A part of a JSON value, and the names that lead to it. */
interface Part {
  value: unknown;
  path: readonly string[];
}

/** All that a JSON value is made of, as deep as it may be; goes no further down than somebody asks. */
export function* partsOf(whole: unknown): Generator<Part> {
  const open: Part[] = [{ value: whole, path: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const { value, path } = next;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, inner] of Object.entries(value)) open.push({ value: inner, path: [...path, name] });
  }
}

/**
 * JSON of a shape of its own is kept as it is: the database must be able to, and whoever walks down it must not fall.
 * Tells a place that is nested too deep or holds text that cannot be stored; null when there is none.
 */
export function whyNotKept(whole: unknown): { path: readonly string[]; detail: string } | null {
  for (const { value, path } of partsOf(whole)) {
    if (path.length > deepest) return { path, detail: `Must not be nested deeper than ${deepest}` };
    const name = path.at(-1) ?? '';
    if (!isStorable(name))
      return { path, detail: 'Must not have U+0000 or half a surrogate pair in its name' };
    if (typeof value === 'string' && !isStorable(value))
      return { path, detail: 'Must not contain U+0000 or half a surrogate pair' };
  }
  return null;
}

const isStorable = (text: string): boolean => !/\u0000|\p{Surrogate}/u.test(text);
