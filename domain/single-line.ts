// C0 and C1 controls, line and paragraph separators, marks that reorder text (U+202E turns "fdp.exe" around),
// halves of characters that were cut in two.
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\p{Surrogate}]+/gu;

/**
 * Text from outside made fit for one line of a mail, a document or a label: no controls, no broken
 * characters, single spaces, and at most `limit` UTF-16 units, the last an ellipsis when it was cut.
 */
export function singleLine(text: string, limit = 500): string {
  // Cut first, generously: a megabyte of text should not cost a megabyte of work.
  const line = printable(text.slice(0, limit * 4));
  return line.length <= limit ? line : `${printable(line.slice(0, limit - 1))}…`;
}

const printable = (text: string) => text.replace(unprintable, ' ').replace(/\s+/g, ' ').trim();
