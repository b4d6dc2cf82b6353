import type { Supplier, SupplierItem } from '../../domain/purchasing/supplier';
import { money } from '../../domain/money';
import type { LocationCalendar } from '../../domain/time/calendar';

export interface SupplierRow {
  id: string;
  name: string;
  email: string | null;
  locale: string;
  location_id: string | null;
  currency: string;
  lead_time_days: number;
  over_percent: number;
  calendar: LocationCalendar | null;
}

export const supplierOf = (row: SupplierRow): Supplier => ({
  id: row.id,
  name: row.name,
  email: row.email,
  locale: row.locale,
  locationId: row.location_id,
  currency: row.currency,
  leadTimeDays: row.lead_time_days,
  overPercent: row.over_percent,
  ...(row.calendar && { calendar: row.calendar }),
});

export const rowOfSupplier = (supplier: Supplier) => ({
  id: supplier.id,
  name: supplier.name,
  email: supplier.email,
  locale: supplier.locale,
  location_id: supplier.locationId,
  currency: supplier.currency,
  lead_time_days: supplier.leadTimeDays,
  over_percent: supplier.overPercent,
  calendar: supplier.calendar ? JSON.stringify(supplier.calendar) : null,
});

export interface SupplierItemRow {
  sku: string;
  supplier_sku: string | null;
  cost: number | null;
  pack_size: number;
  minimum_quantity: number;
}

export const supplierItemOf = (row: SupplierItemRow, currency: string): SupplierItem => ({
  sku: row.sku,
  supplierSku: row.supplier_sku,
  cost: row.cost === null ? null : money(row.cost, currency),
  packSize: row.pack_size,
  minimumQuantity: row.minimum_quantity,
});
