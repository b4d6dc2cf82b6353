/** What a field lists: one on a line, or several with commas or semicolons between them. */
export const listOf = (text = ''): string[] =>
  text
    .split(/[\n,;]/)
    .map((each) => each.trim())
    .filter((each) => each !== '');
