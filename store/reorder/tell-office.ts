import type { MailRequest } from '../../domain/mails';
import type { Database } from '../connect';

/** A place that is short, and what was done about it. */
export interface Shortage {
  /** Of the proposal. */
  id: number;
  sku: string;
  locationId: string;
  quantity: number;
  reasons: { position: number; point: number; target: number };
  /** Number of the draft; null when nobody sells the SKU. */
  purchaseOrder: string | null;
}

/** Leaves one mail for the office about what was proposed together. */
export async function tellOffice(
  trx: Database,
  office: { mail: string; url: string },
  shortages: readonly Shortage[],
): Promise<void> {
  const titles = new Map<string, string>(
    (
      await trx('products')
        .whereIn(
          'sku',
          shortages.map(({ sku }) => sku),
        )
        .select('sku', 'title')
    ).map((row) => [row.sku, row.title]),
  );
  const names = new Map<string, string>(
    (
      await trx('locations')
        .whereIn(
          'id',
          shortages.map(({ locationId }) => locationId),
        )
        .select('id', 'name')
    ).map((row) => [row.id, row.name]),
  );
  const mail: MailRequest = {
    template: 'stockLow',
    to: office.mail,
    locale: 'en',
    data: {
      url: office.url,
      shortages: shortages.map(({ sku, locationId, quantity, reasons, purchaseOrder }) => ({
        ...{ sku, quantity, purchaseOrder, position: reasons.position, point: reasons.point },
        title: titles.get(sku) ?? sku,
        location: names.get(locationId) ?? locationId,
      })),
    },
  };
  await trx('outbox')
    .insert({
      kind: 'mail',
      key: `mail:stockLow:${shortages[0]!.id}:${shortages[0]!.purchaseOrder ?? 'none'}`,
      payload: JSON.stringify(mail),
    })
    .onConflict('key')
    .ignore();
}
