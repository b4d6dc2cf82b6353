/** Nothing that was typed is a wildcard. */
const asTyped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A pattern of LIKE and ILIKE for any part of a text. */
export const anyPart = (text: string): string => `%${asTyped(text)}%`;

/** Patterns of LIKE and ILIKE for how a text, or a word in it, begins: one of them matches. */
export const wordStart = (text: string): string[] => [`${asTyped(text)}%`, `% ${asTyped(text)}%`];
