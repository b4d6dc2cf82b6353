import type { FieldProblem } from '../commands';
import type { Money } from '../money';

interface PricedLine {
  sku: string;
  unitPrice?: Money;
  discount?: Money;
}

/** A price list as an order meets it: what is in force at the order's instant, by SKU. */
export interface ListedPrices {
  list: string;
  prices: ReadonlyMap<string, Money>;
}

/** The price of a line whose account has a list: the list's own, unless the channel names one. */
export const listedPrice = ({ sku, unitPrice }: PricedLine, { prices }: ListedPrices): Money | undefined =>
  unitPrice ?? prices.get(sku);

/** Every line whose price is not that of the list, with the price that it should have. */
export function listedPriceProblems(
  lines: readonly PricedLine[],
  { list, prices }: ListedPrices,
): FieldProblem[] {
  return lines.flatMap(({ sku, unitPrice, discount }, index): FieldProblem[] => {
    const at = (field: string) => `/lines/${index}/${field}`;
    const expected = prices.get(sku);
    if (!expected)
      return [{ pointer: at('sku'), detail: `"${sku}" has no price on the list "${list}" at this time` }];
    const problems: FieldProblem[] = [];
    if (unitPrice && (unitPrice.amount !== expected.amount || unitPrice.currency !== expected.currency))
      problems.push({
        pointer: at('unitPrice'),
        detail: `The list "${list}" says ${expected.amount} minor units of ${expected.currency}, got ${unitPrice.amount} of ${unitPrice.currency}`,
      });
    if (discount && discount.amount > 0)
      problems.push({ pointer: at('discount'), detail: `Prices of the list "${list}" are without discount` });
    return problems;
  });
}
