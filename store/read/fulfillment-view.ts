import type { FulfillmentAction, FulfillmentMode } from '../../domain/shipping/fulfillment-actions';
import type { Address } from '../../domain/order/types';
import { instant, instantOrNull } from '../instant';

/** The work of one location for one order, as its staff see it. */
export interface FulfillmentView {
  id: string;
  orderId: string;
  orderNumber: string;
  channel: string;
  customerName: string;
  locationId: string;
  mode: FulfillmentMode;
  /** Of what is sent there: the store at which the customer collects. */
  pickupLocationId: string | null;
  status: string;
  placedAt: string;
  releasedAt: string | null;
  /** When the work goes elsewhere if nothing is done. */
  actBefore: string | null;
  rejectReason: string | null;
  packedAt: string | null;
  shippedAt: string | null;
  /** When it came to the store at which it is collected. */
  arrivedAt: string | null;
  deliveredAt: string | null;
  /** Which of the order's destinations it goes to, where there are several. */
  destination: string | null;
  recipient: Address;
  shippingMethod: string;
  /** The service that was chosen with the location, and is asked first. */
  service: ChosenService | null;
  lines: { lineId: string; sku: string; title: string; quantity: number; gtin: string | null }[];
  packages: PackageView[];
  documents: { id: string; kind: string; title: string; createdAt: string }[];
  allowedActions: FulfillmentAction[];
}

export interface ChosenService {
  carrier: string;
  service: string;
}

export interface PackageView {
  id: string;
  position: number;
  type: string;
  weightGrams: number;
  lines: { lineId: string; quantity: number }[];
  sscc: string;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  labelDocumentId: string | null;
  status: string;
  statusAt: string | null;
}

/** SQL of the service that was chosen for fulfillment `f`, as ChosenService. */
export const serviceOfF = `
  CASE WHEN f.carrier IS NOT NULL THEN json_build_object('carrier', f.carrier, 'service', f.service) END`;

/** SQL of the store that fulfillment `f` is sent to, as name and address; null where it goes to no store. */
export const storeOfF = `
  (SELECT jsonb_build_object('name', s.name, 'address', s.address) FROM locations AS s WHERE s.id = f.pickup_location_id)`;

/** SQL that gathers the packages of fulfillment `f` as JSON, keys as in PackageView. */
export const packagesOfF = `
  (SELECT coalesce(json_agg(json_build_object(
            'id', p.id, 'position', p.position, 'type', p.type, 'weightGrams', p.weight_grams, 'lines', p.lines,
            'sscc', p.sscc, 'carrier', p.carrier, 'trackingNumber', p.tracking_number,
            'trackingUrl', p.tracking_url, 'labelDocumentId', p.label_document_id, 'status', p.status,
            'statusAt', p.status_at) ORDER BY p.position), '[]')
   FROM packages AS p WHERE p.fulfillment_id = f.id)`;

export const packageOf = (row: PackageView): PackageView => ({
  ...row,
  statusAt: instantOrNull(row.statusAt),
});

export const documentSummaryOf = <T extends { createdAt: string }>(row: T): T => ({
  ...row,
  createdAt: instant(row.createdAt),
});
