import type { StockAlertState } from '../../domain/stock/stock-alert';
import { instant, instantOrNull } from '../instant';

/** Somebody who wants to be told when a SKU is back; without an address once it is over. */
export interface StockAlert {
  id: string;
  channel: string;
  sku: string;
  title: string;
  email: string | null;
  locale: string;
  quantity: number;
  productUrl: string | null;
  status: StockAlertState;
  createdAt: string;
  confirmedAt: string | null;
  endedAt: string | null;
  expiresAt: string;
}

export interface StockAlertRow {
  id: string;
  channel: string;
  sku: string;
  title: string;
  email: string | null;
  locale: string;
  quantity: number;
  product_url: string | null;
  status: StockAlertState;
  created_at: Date;
  confirmed_at: Date | null;
  ended_at: Date | null;
  expires_at: Date;
}

export const stockAlertOf = (row: StockAlertRow): StockAlert => ({
  id: row.id,
  channel: row.channel,
  sku: row.sku,
  title: row.title,
  email: row.email,
  locale: row.locale,
  quantity: row.quantity,
  productUrl: row.product_url,
  status: row.status,
  createdAt: instant(row.created_at),
  confirmedAt: instantOrNull(row.confirmed_at),
  endedAt: instantOrNull(row.ended_at),
  expiresAt: instant(row.expires_at),
});
