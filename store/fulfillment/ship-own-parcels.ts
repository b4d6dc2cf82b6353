import type { Knex } from 'knex';
import type { CommandResult, FieldProblem } from '../../domain/commands';
import { createSscc } from '../../domain/shipping/sscc';
import type { Database } from '../connect';
import { inTransaction } from '../transaction';
import { checkPackages, type PackageContent } from './pack-fulfillment';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';
import { markShipped } from './ship-fulfillment';

/** A parcel that its sender booked with a carrier of its own. */
export interface OwnParcel extends Pick<PackageContent, 'lines'> {
  carrier: string;
  trackingNumber: string;
  trackingUrl: string | null;
}

export interface ShipOwnCommand extends FulfillmentCommand {
  packages: OwnParcel[];
  /** GS1 company prefix under which the cartons get their SSCC. */
  companyPrefix: string;
}

/**
 * A supplier shipped with a carrier of its own: the parcels are known by its tracking numbers, stock leaves, and the
 * order captures. The parcels together must hold exactly the fulfillment's lines.
 */
export async function shipOwnParcels(db: Database, command: ShipOwnCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'ship');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const signals = [fulfillmentNews(fulfillment, 'supplied')];
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals: [] };
    const problems = [
      ...checkOwner(fulfillment),
      ...checkPackages(fulfillment, command.packages),
      ...(await checkNumbers(trx, command.packages)),
    ];
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await insertParcels(trx, command);
    await markShipped(trx, fulfillment, command, signals);
    return { outcome: 'done', value: {}, signals };
  });
}

function checkOwner({ status, isDropship }: OpenFulfillment): FieldProblem[] {
  if (isDropship && status !== 'packed') return [];
  const pointer = '/packages';
  if (!isDropship)
    return [{ pointer, detail: 'Only a supplier ships with a carrier of its own: pack it first' }];
  const detail = 'It is packed with labels of ours: say that it was handed over, without packages';
  return [{ pointer, detail, code: 'labelledByUs' }];
}

async function checkNumbers(trx: Knex.Transaction, packages: readonly OwnParcel[]): Promise<FieldProblem[]> {
  const numbers = packages.map(({ trackingNumber }) => trackingNumber);
  const known = await trx('packages')
    .whereIn('tracking_number', numbers)
    .select('carrier', 'tracking_number');
  return packages.flatMap(({ carrier, trackingNumber }, at) => {
    const isTwice = packages.findIndex((each) => isSame(each, carrier, trackingNumber)) < at;
    const isKnown = known.some((row) => row.carrier === carrier && row.tracking_number === trackingNumber);
    const detail = `The parcel ${trackingNumber} of ${carrier} is known already`;
    const pointer = `/packages/${at}/trackingNumber`;
    const about = { carrier, trackingNumber };
    return isTwice || isKnown ? [{ pointer, detail, code: 'parcelKnown', about }] : [];
  });
}

const isSame = (parcel: OwnParcel, carrier: string, trackingNumber: string): boolean =>
  parcel.carrier === carrier && parcel.trackingNumber === trackingNumber;

async function insertParcels(
  trx: Knex.Transaction,
  { fulfillmentId, packages, companyPrefix }: ShipOwnCommand,
): Promise<void> {
  const serials = await trx.raw<{ rows: { serial: number }[] }>(
    `SELECT nextval('sscc_serial') AS serial FROM generate_series(1, ?)`,
    [packages.length],
  );
  const weights = await readWeights(trx, fulfillmentId);
  await trx('packages').insert(
    packages.map(({ carrier, trackingNumber, trackingUrl, lines }, index) => ({
      id: `${fulfillmentId}_p${index + 1}`,
      fulfillment_id: fulfillmentId,
      position: index + 1,
      type: 'parcel',
      // Nobody tells what it weighs on the scales: what the products weigh, and a gram where nobody knows.
      weight_grams: Math.max(
        1,
        lines.reduce((sum, line) => sum + line.quantity * (weights.get(line.lineId) ?? 0), 0),
      ),
      lines: JSON.stringify(lines),
      sscc: createSscc(companyPrefix, 0, serials.rows[index]!.serial),
      carrier,
      tracking_number: trackingNumber,
      tracking_url: trackingUrl,
    })),
  );
}

async function readWeights(trx: Knex.Transaction, fulfillmentId: string): Promise<Map<string, number>> {
  const rows = await trx('fulfillment_lines')
    .join('products', 'products.sku', 'fulfillment_lines.sku')
    .where('fulfillment_id', fulfillmentId)
    .select('line_id', 'weight_grams');
  return new Map(rows.map((row) => [row.line_id, row.weight_grams ?? 0]));
}
