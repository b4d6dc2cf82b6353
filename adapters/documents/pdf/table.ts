import { colour, frame, frameWidth, type Sheet } from './sheet';

export interface Column {
  title: string;
  width: number;
  align?: 'left' | 'right' | 'center';
}

/** What stands in a cell: one line of figures, or words that may wrap with a smaller line below. */
export interface Cell {
  text: string;
  below?: string;
  wraps?: boolean;
  bold?: boolean;
}

export interface Row {
  cells: Cell[];
  /** At least this high, for what `draw` adds. */
  height?: number;
  /** Draws over the row, once its place is known. */
  draw?: (at: { x: number; y: number; height: number }) => void;
}

const gap = 8;
const padding = 6;

/** Rows never break over pages; the heading of the columns is repeated on each page. */
export function drawTable(sheet: Sheet, columns: Column[], rows: Row[]): void {
  sheet.ensureRoom(headHeight + (rows[0] ? heightOf(sheet, columns, rows[0]) : 0));
  drawHead(sheet, columns);
  for (const row of rows) {
    const height = heightOf(sheet, columns, row);
    if (sheet.ensureRoom(height)) drawHead(sheet, columns);
    drawRow(sheet, columns, row, height);
  }
}

const headHeight = 21;

function drawHead(sheet: Sheet, columns: Column[]): void {
  sheet.pdf.rect(frame.left, sheet.y, frameWidth, headHeight - 1).fill(colour.tint);
  eachColumn(columns, (column, x) => {
    const style = { font: 'bold', size: 7.5, colour: colour.muted, align: column.align } as const;
    sheet.line(column.title, x, sheet.y + 6, column.width - gap, style);
  });
  sheet.y += headHeight;
}

function drawRow(sheet: Sheet, columns: Column[], row: Row, height: number): void {
  eachColumn(columns, (column, x, index) => {
    const cell = row.cells[index];
    if (!cell) return;
    const width = column.width - gap;
    const style = { align: column.align, font: cell.bold ? 'bold' : 'regular' } as const;
    let y = sheet.y + padding;
    if (cell.wraps) y += sheet.paragraph(cell.text, x, y, width, style);
    else sheet.line(cell.text, x, y, width, style);
    if (cell.below)
      sheet.line(cell.below, x, y, width, { size: 7.5, colour: colour.muted, align: column.align });
  });
  row.draw?.({ x: frame.left, y: sheet.y, height });
  sheet.y += height;
  sheet.rule(sheet.y - 0.6);
}

function heightOf(sheet: Sheet, columns: Column[], row: Row): number {
  const heights = row.cells.map((cell, index) => {
    const width = (columns[index]?.width ?? 0) - gap;
    const words = cell.wraps
      ? sheet.heightOf(cell.text, width, { font: cell.bold ? 'bold' : 'regular' })
      : 12;
    return words + (cell.below ? 10 : 0) + 2 * padding;
  });
  return Math.max(row.height ?? 0, ...heights);
}

function eachColumn(columns: Column[], draw: (column: Column, x: number, index: number) => void): void {
  let x = frame.left + gap / 2;
  columns.forEach((column, index) => {
    draw(column, x, index);
    x += column.width;
  });
}
