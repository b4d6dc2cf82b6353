import { singleLine } from '../single-line';

/**
 * Width of a text in dots at a font size in dots: an upper estimate for the condensed faces that label
 * printers carry, so that what fits here fits on paper.
 */
export function textWidth(text: string, size: number): number {
  let hundredths = 0;
  for (const character of text) hundredths += hundredthsOfEm(character);
  return (hundredths * size) / 100;
}

// Whole numbers, so that a text is as wide as its characters together, whatever the order of adding.
function hundredthsOfEm(character: string): number {
  if (/[ijlI.,:;'|!()[\]]/.test(character)) return 30;
  if (/[mwMW@%—]/.test(character)) return 86;
  if (/[\u2e80-\uffff]|[^\u0000-\uffff]/u.test(character)) return 105;
  if (/[\p{Lu}&#]/u.test(character)) return 66;
  return 54;
}

/** As much of a text as fits the width, on one line, with an ellipsis when it was cut. */
export function cutToWidth(text: string, size: number, width: number): string {
  const line = singleLine(text);
  if (textWidth(line, size) <= width) return line;
  const kept = fittingPrefix(line, size, width - textWidth('…', size));
  return `${kept.trimEnd()}…`;
}

/** Breaks a text at spaces into lines of the given width, words longer than a line anywhere; the last is cut. */
export function wrapToWidth(text: string, size: number, width: number, maxLines: number): string[] {
  const lines: string[] = [];
  let rest = singleLine(text);
  while (rest !== '' && lines.length < maxLines - 1 && textWidth(rest, size) > width) {
    const prefix = fittingPrefix(rest, size, width);
    const space = rest[prefix.length] === ' ' ? prefix.length : prefix.lastIndexOf(' ');
    const line = space > 0 ? rest.slice(0, space) : prefix;
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  return rest === '' ? lines : [...lines, cutToWidth(rest, size, width)];
}

/** At least one character, so that wrapping always moves on. */
function fittingPrefix(line: string, size: number, width: number): string {
  let kept = '';
  let hundredths = 0;
  for (const character of line) {
    hundredths += hundredthsOfEm(character);
    if ((hundredths * size) / 100 > width && kept !== '') break;
    kept += character;
  }
  return kept;
}
