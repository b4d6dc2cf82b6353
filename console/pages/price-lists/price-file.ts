import type { Upload } from '../../../api/operation';
import { invalidInput } from '../../../api/problem';
import { wrongAt } from '../../../api/table-file/place';
import { readTable } from '../../../api/table-file/read-table';
import { readAmount } from '../../../domain/amount-text';
import { priceOf } from './price-fields';

const columns = ['sku', 'price', 'validFrom', 'validUntil'] as const;

/** The prices of a CSV file, to be held against the contract; throws a problem that says what is wrong and where. */
export async function readPrices(upload: Upload | undefined, currency: string): Promise<object[]> {
  const rows = await readTable(upload, {
    columns,
    needed: ['sku', 'price'],
    header: 'sku,price" or "sku,price,validFrom,validUntil',
    isLenient: true,
  });
  const wrong = rows.filter(({ cells }) => !readAmount(cells.price, currency));
  if (wrong.length > 0)
    throw invalidInput(
      wrong.map(({ row, cells }) =>
        wrongAt({ row, column: 'price' }, `Write the price of "${cells.sku}" as 12.30`),
      ),
    );
  return rows.map(({ cells }) => priceOf(cells, currency));
}
