/** A pattern of LIKE and ILIKE for any part of a text, in which nothing that was typed is a wildcard. */
export const anyPart = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
