import { saveLocation } from '../../../store/catalogue/save-location';
import { saveSupplier } from '../../../store/purchasing/save-supplier';
import type { World } from './world';

/** A supplier that ships to customers, at the location "mill". */
export async function addSupplier({ warehouse: { db } }: World): Promise<void> {
  await saveLocation(db, {
    ...{ id: 'mill', type: 'supplier', name: 'Mill', capabilities: ['ship'] },
    ...{ priority: 99, actWithinMs: 3_600_000 },
    address: { name: 'Mill', line1: 'Via Telaio 3', postalCode: '13900', city: 'Biella', country: 'IT' },
  });
  await saveSupplier(db, {
    ...{ id: 'mill', name: 'Lanificio', email: 'orders@mill.test', locale: 'it', locationId: 'mill' },
    ...{ currency: 'EUR', leadTimeDays: 3, overPercent: 0 },
  });
}
