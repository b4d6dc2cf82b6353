/**
 * Where a JSON text goes wrong, as "line 3, column 7". The parser tells a position for some mistakes only;
 * for the others the shortest prefix that cannot be completed is searched for.
 */
export function placeOfJsonError(text: string): string {
  const at = positionOfJsonError(text);
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

function positionOfJsonError(text: string): number {
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    if (canBeCompleted(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return Math.min(bad - 1, text.length);
}

/** Some continuation makes this prefix JSON: it is whole already, or only its end is missing. */
function canBeCompleted(prefix: string): boolean {
  try {
    JSON.parse(prefix);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message);
    if (position) return Number(position[1]) >= prefix.length;
    return /end of JSON input/.test(message);
  }
}
