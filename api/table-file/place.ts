import type { FieldError } from '../problem';

/** Where something stands in a table, as a spreadsheet counts: the header is row 1. */
export interface TablePlace {
  row: number;
  column?: string;
}

/** What is wrong with a file as a whole. */
export const wrongFile = (detail: string): FieldError => ({ pointer: '/file', detail });

/** What is wrong at a place of it. */
export const wrongAt = ({ row, column }: TablePlace, detail: string): FieldError => ({
  pointer: `/file/${row}${column === undefined ? '' : `/${column}`}`,
  detail: `Row ${row}${column === undefined ? '' : `, column ${column}`}: ${detail}`,
});
