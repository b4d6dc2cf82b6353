import type { ReorderMode } from '../../domain/stock/reorder';
import type { ReorderLevels, ServiceLevel } from '../../domain/stock/reorder-levels';
import { instantOrNull } from '../instant';

/** When and how far a SKU is filled up at a location. */
export interface ReorderPoint {
  sku: string;
  locationId: string;
  mode: ReorderMode;
  point: number;
  target: number;
  /** Null: whoever of those that sell it delivers soonest. */
  supplierId: string | null;
  /** Who looks after shortages. */
  owner: string;
  computed: boolean;
  serviceLevel: ServiceLevel;
  coverDays: number;
  /** What the levels were computed from. */
  basis: ReorderLevels['basis'] | null;
  computedAt: string | null;
}

export interface ReorderPointRow {
  sku: string;
  location_id: string;
  mode: ReorderMode;
  point: number;
  target: number;
  supplier_id: string | null;
  owner: string;
  is_computed: boolean;
  service_level: ServiceLevel;
  cover_days: number;
  basis: ReorderLevels['basis'] | null;
  computed_at: Date | null;
}

export const reorderPointOf = (row: ReorderPointRow): ReorderPoint => ({
  sku: row.sku,
  locationId: row.location_id,
  mode: row.mode,
  point: row.point,
  target: row.target,
  supplierId: row.supplier_id,
  owner: row.owner,
  computed: row.is_computed,
  serviceLevel: row.service_level,
  coverDays: row.cover_days,
  basis: row.basis,
  computedAt: instantOrNull(row.computed_at),
});
