import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { tryOlist } from './try-rules';
import { writeReport } from './write-report';

const program = new Command('npm run what-if --')
  .description(
    'Sources the orders of the Olist data set under three rule sets and writes what would have changed.',
  )
  .argument('<folder>', 'folder with the CSV files of the data set')
  .option('--out <file>', 'where the report goes; to the terminal when left out')
  .option('--places <n>', 'sellers that have a product, where stock is spread', wholeNumber, 5)
  .action((folder: string, { out, places }: { out?: string; places: number }) => {
    const report = writeReport(tryOlist(folder, places));
    if (out === undefined) process.stdout.write(report);
    else writeFileSync(out, report);
  });

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be a whole number above 0');
  return value;
}

try {
  program.parse();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
