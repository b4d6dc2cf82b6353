import { invalidInput, type FieldError } from '../problem';
import { wrongAt, type TablePlace } from '../table-file/place';
import type { TariffColumn, TariffRow } from './columns';

const mostErrors = 50;

/** Where in the file something of the body was said; `about`: what of the cell it is. */
type Origin = TablePlace & { about?: string };

/** What is found while a tariff is read: what is wrong, and where each part of it stands. */
export function createFindings() {
  const errors: FieldError[] = [];
  const origins = new Map<string, Origin>();

  const add = (place: TablePlace, detail: string): void => void errors.push(wrongAt(place, detail));

  return {
    add,

    /** Notes where a part of the body comes from, by its pointer. */
    note: (pointer: string, origin: Origin): void => void origins.set(pointer, origin),

    /** What rows say in a column that is said once of them all; empty when none does. */
    agreed(rows: readonly TariffRow[], column: TariffColumn, pointer: string): string {
      const [first = rows[0]!, ...more] = rows.filter(({ cells }) => cells[column] !== '');
      origins.set(pointer, { row: first.row, column });
      const said = first.cells[column];
      const other = more.find(({ cells }) => cells[column] !== said);
      if (other)
        add(
          { row: other.row, column },
          `Says "${other.cells[column].slice(0, 40)}", and row ${first.row} "${said.slice(0, 40)}": write the same, or nothing`,
        );
      return said;
    },

    /** Where the part of the body that a pointer names was said, or what it is in; null for the whole. */
    placeOf(pointer: string): Origin | null {
      for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
        const origin = origins.get(at);
        if (origin) return origin;
      }
      return null;
    },

    throwAll(): void {
      if (errors.length > 0) throw invalidInput(errors.slice(0, mostErrors));
    },
  };
}

export type Findings = ReturnType<typeof createFindings>;
