import { meetsGoal, type BenchResult, type Figure } from './result';

type Row = [string, string, string, string];
const head: Row = ['figure', 'value', 'goal', 'met'];

const rowOf = (figure: Figure): Row => {
  const met = meetsGoal(figure);
  return [figure.what, valueOf(figure), goalOf(figure), met === null ? '' : met ? 'yes' : 'no'];
};

/** For a terminal. */
export function asText({ title, figures, notes = [] }: BenchResult): string {
  const rows = [head, ...figures.map(rowOf)];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 1 ? cell.padStart(widths[1]!) : cell.padEnd(widths[column]!)))
      .join('  '),
  );
  return `\n${[title, ...[...lines, ...notes].map((line) => `  ${line.trimEnd()}`)].join('\n')}\n`;
}

export function asMarkdown({ title, figures, notes = [] }: BenchResult): string {
  const rows = figures.map(rowOf).map((row) => `| ${row.join(' | ')} |`);
  return [
    `### ${title}`,
    '',
    `| ${head.join(' | ')} |`,
    '| --- | ---: | --- | --- |',
    ...rows,
    '',
    ...notes.flatMap((note) => [note, '']),
  ].join('\n');
}

function valueOf({ value, unit }: Figure): string {
  const text = Number.isFinite(value) ? value.toFixed(digitsOf(value)) : 'unknown';
  return unit === undefined ? text : `${text} ${unit}`;
}

const digitsOf = (value: number): number =>
  Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;

function goalOf({ goal }: Figure): string {
  if (!goal) return '';
  return 'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;
}
