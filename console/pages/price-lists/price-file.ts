import { parse } from 'csv-parse/sync';
import { decodeText } from '../../../api/feed-file/decode-text';
import type { Upload } from '../../../api/operation';
import { invalidInput } from '../../../api/problem';
import { separatorOf } from '../../../domain/stock/feed-header';
import { priceOf } from './price-fields';

const mostCharacters = 2_000_000;
const columns = ['sku', 'price', 'validFrom', 'validUntil'] as const;

/** The prices of a CSV file, to be held against the contract; throws a problem that says what is wrong and where. */
export async function readPrices(upload: Upload | undefined, currency: string): Promise<object[]> {
  if (!upload) throw refusal('Choose a file');
  let text = '';
  for await (const piece of decodeText(upload.pieces)) {
    text += piece;
    if (text.length > mostCharacters) throw refusal('It is too long: send at most 2,000,000 characters');
  }
  const [header, ...rows] = cellsOf(text);
  const names = header?.map((name) => columns.find((column) => sameName(column, name)));
  if (!names?.includes('sku') || !names.includes('price'))
    throw refusal('Begin with a line "sku,price", and "validFrom" and "validUntil" where prices have a time');
  return rows.map((cells, index) => {
    const row = Object.fromEntries(
      names.flatMap((name, at) => (name ? [[name, (cells[at] ?? '').trim()]] : [])),
    );
    try {
      return priceOf(row, currency);
    } catch {
      throw refusal(`Line ${index + 2}: write the price of "${row.sku}" as 12.30`);
    }
  });
}

function cellsOf(text: string): string[][] {
  const delimiter = separatorOf(text.slice(0, text.indexOf('\n') + 1) || text);
  try {
    return parse(text, { delimiter, skip_empty_lines: true, relax_column_count: true }) as string[][];
  } catch (error) {
    throw refusal(`It is not CSV: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** "Valid from" and "valid_from" are `validFrom`. */
const sameName = (column: string, name: string): boolean =>
  column.toLowerCase() === name.toLowerCase().replace(/[^a-z]/g, '');

const refusal = (detail: string) => invalidInput([{ pointer: '/file', detail }]);
