/** A range of postal codes; it compares as many characters as its ends have. */
export interface PostalCodes {
  from: string;
  to: string;
}

/** As postal codes are compared: in capitals, without spaces and hyphens. */
export const plainPostalCode = (code: string): string => code.toUpperCase().replace(/[\s-]/g, '');

/** Whether a plain code lies in a range of plain codes. */
export const isWithinPostalCodes = (code: string, { from, to }: PostalCodes): boolean =>
  code.slice(0, from.length) >= from && code.slice(0, to.length) <= to;

/** Whether no code lies in a range of plain codes. */
export const isEmptyRange = ({ from, to }: PostalCodes): boolean =>
  from.slice(0, to.length) > to.slice(0, from.length);
