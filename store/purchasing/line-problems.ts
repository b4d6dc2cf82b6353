import type { FieldProblem } from '../../domain/commands';
import type { Database } from '../connect';

interface WantedLine {
  sku: string;
  unitCost?: { amount: number; currency: string };
}

/** What is wrong with the lines of a purchase order to a supplier that is paid in `currency`, if that is known. */
export async function findLineProblems(
  trx: Database,
  lines: readonly WantedLine[],
  currency: string | undefined,
): Promise<FieldProblem[]> {
  const problems: FieldProblem[] = [];
  const skus = lines.map(({ sku }) => sku);
  const known: string[] = await trx('products').whereIn('sku', skus).pluck('sku');
  for (const [index, { sku, unitCost }] of lines.entries()) {
    const at = `/lines/${index}`;
    if (!known.includes(sku))
      problems.push({ pointer: `${at}/sku`, detail: `No product has the SKU "${sku}"` });
    if (skus.indexOf(sku) !== index)
      problems.push({
        pointer: `${at}/sku`,
        detail: `"${sku}" stands in a line above: add the pieces there`,
      });
    if (unitCost && currency !== undefined && unitCost.currency !== currency)
      problems.push({ pointer: `${at}/unitCost/currency`, detail: `This supplier is paid in ${currency}` });
  }
  return problems;
}
