/**
 * On which line of a JSON text the value at a pointer (RFC 6901) begins, from 1; that of the nearest value around it
 * where there is none. The text must be JSON.
 */
export function lineOfPointer(text: string, pointer: string): number {
  if (pointer === '') return text.slice(0, text.search(/\S/)).split('\n').length;
  const places = placesOf(text);
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = places.get(at);
    if (place !== undefined) return text.slice(0, place).split('\n').length;
    if (at === '') return 1;
  }
}

/** Where each value begins, by its pointer; a member of an object begins with its key. */
function placesOf(text: string): Map<string, number> {
  const places = new Map<string, number>();
  let at = 0;

  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  const space = () => skip(/[\s,:]*/y);
  const string = () => JSON.parse(skip(/"(?:[^"\\]|\\.)*"/y)) as string;

  function value(pointer: string): void {
    space();
    if (!places.has(pointer)) places.set(pointer, at);
    if (text[at] === '{') members(pointer);
    else if (text[at] === '[') items(pointer);
    else if (text[at] === '"') string();
    else skip(/[^\s,\]}]+/y);
  }

  function members(pointer: string): void {
    at += 1;
    for (space(); at < text.length && text[at] !== '}'; space()) {
      const begin = at;
      const name = `${pointer}/${string().replace(/~/g, '~0').replace(/\//g, '~1')}`;
      places.set(name, begin);
      value(name);
    }
    at += 1;
  }

  function items(pointer: string): void {
    at += 1;
    space();
    for (let index = 0; at < text.length && text[at] !== ']'; index += 1) {
      value(`${pointer}/${index}`);
      space();
    }
    at += 1;
  }

  value('');
  return places;
}
