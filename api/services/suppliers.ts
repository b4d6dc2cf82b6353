import { z } from 'zod';
import type { Supplier, SupplierItem } from '../../domain/purchasing/supplier';
import type { SupplierBody, SupplierItemBody } from '../contract/suppliers';
import { asList, decodeCursor } from '../cursor';
import type { ApiDependencies } from '../dependencies';
import { invalidInput, notFound } from '../problem';
import { whileSeen, type Seen } from '../seen';

const idCursor = z.string().max(300);
type Paging = { limit: number; cursor?: string };

/** What can be changed of an item. */
export const itemTerms = ({ supplierSku, cost, packSize, minimumQuantity }: SupplierItem) => ({
  ...{ supplierSku, cost, packSize, minimumQuantity },
});

export function createSuppliers({ store }: ApiDependencies) {
  async function find(id: string): Promise<Supplier> {
    const found = await store.findSupplier(id);
    if (!found) throw notFound(`There is no supplier with the id "${id}"`);
    return found;
  }

  return {
    find,

    async save(id: string, body: SupplierBody, seen?: Seen): Promise<Supplier> {
      const { email = null, locationId = null, ...fields } = body;
      const supplier = { ...fields, id, email, locationId };
      const saved = await store.saveSupplier(supplier, whileSeen(seen, `the supplier "${id}"`));
      if (saved.outcome === 'refused') throw invalidInput([{ pointer: '/locationId', detail: saved.detail }]);
      return supplier;
    },

    async list({ limit, cursor }: Paging) {
      const page = await store.listSuppliers({ limit, after: decodeCursor(idCursor, cursor) });
      return asList(page, (supplier) => supplier);
    },

    async saveItem(id: string, sku: string, body: SupplierItemBody, seen?: Seen): Promise<SupplierItem> {
      const { currency } = await find(id);
      if (!(await store.findProduct(sku))) throw notFound(`There is no product with the SKU "${sku}"`);
      if (body.cost && body.cost.currency !== currency)
        throw invalidInput([{ pointer: '/cost/currency', detail: `This supplier is paid in ${currency}` }]);
      const { supplierSku = null, cost = null, ...packing } = body;
      const item = { sku, supplierSku, cost, ...packing };
      await store.saveSupplierItem(
        { supplierId: id, item },
        whileSeen(seen, `what it sells of ${sku}`, itemTerms),
      );
      return item;
    },

    async listItems(id: string, { limit, cursor, skus }: Paging & { skus?: string[] }) {
      await find(id);
      const after = decodeCursor(idCursor, cursor);
      return asList(await store.listSupplierItems({ supplierId: id, skus, limit, after }), (item) => item);
    },
  };
}
