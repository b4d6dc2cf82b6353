import { listedPrice, listedPriceProblems, type ListedPrices } from '../../domain/account/listed-prices';
import { zero } from '../../domain/money';
import type { NewLine } from '../../domain/order/order-edit';
import type { OrderView } from '../../store/read/order-view';
import type { EditBody } from '../contract/edits';
import type { ApiDependencies } from '../dependencies';
import type { FieldError } from '../problem';
import { listOf } from './account-terms';

type Added = NonNullable<EditBody['add']>[number];

/** Lines that an edit adds, completed by what is known of their products; of an account with a list by its prices. */
export function createNewLines({ store, now }: Pick<ApiDependencies, 'store' | 'now'>) {
  async function listFor({ customer }: OrderView, add: readonly Added[]): Promise<ListedPrices | null> {
    if (customer.account === undefined || add.length === 0) return null;
    const skus = add.map(({ sku }) => sku);
    return listOf(await store.readAccountTerms({ account: customer.account, skus, at: now().toISOString() }));
  }

  async function newLine(
    { currency }: OrderView,
    line: Added,
    list: ListedPrices | null,
    pointer: string,
    problems: FieldError[],
  ): Promise<NewLine> {
    const product = await store.findProduct(line.sku);
    const unitPrice = list ? listedPrice(line, list) : (line.unitPrice ?? product?.price);
    if (!product)
      problems.push({ pointer: `${pointer}/sku`, detail: `No product has the SKU "${line.sku}"` });
    else if (!unitPrice && !list)
      problems.push({ pointer: `${pointer}/unitPrice`, detail: 'Must be given: the product has no price' });
    return {
      ...{ sku: line.sku, quantity: line.quantity, title: line.title ?? product?.title ?? line.sku },
      unitPrice: unitPrice ?? zero(currency),
      taxRateBps: line.taxRateBps ?? product?.taxRateBps ?? 0,
      discount: line.discount ?? zero(currency),
      ...(line.destination !== undefined && { destination: line.destination }),
    };
  }

  return async (order: OrderView, add: readonly Added[], problems: FieldError[]): Promise<NewLine[]> => {
    const list = await listFor(order, add);
    if (list)
      for (const { pointer, detail } of listedPriceProblems(add, list))
        problems.push({ pointer: pointer.replace('/lines/', '/add/'), detail });
    return Promise.all(add.map((line, index) => newLine(order, line, list, `/add/${index}`, problems)));
  };
}
