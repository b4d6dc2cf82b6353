import type { MoneyOfEdit } from '../payment/edited-money';
import type { Demand } from '../sourcing/types';
import type { EditChange } from './order-edit';
import type { PlacedOrder } from './types';

/** What an edit would do; nothing of it has happened. */
export interface EditPreview {
  outcome: 'planned';
  order: PlacedOrder;
  changes: EditChange[];
  /** The order's total as it is, in minor units. */
  before: number;
  money: MoneyOfEdit;
  /** Where pieces would come from that are new or come from elsewhere, and what would wait for stock. */
  stock: {
    assignments: { destination: string | null; locationId: string; name: string; lines: Demand[] }[];
    short: Demand[];
    /** Fulfillments that would be taken away from their locations. */
    moved: string[];
  };
  promise: { earliest: string | null; latest: string | null; reasons: string[] } | null;
}
