import type { Knex } from 'knex';
import type { CommandResult, FieldProblem } from '../../domain/commands';
import { orderSettings } from '../../domain/order/settings';
import { createSscc } from '../../domain/shipping/sscc';
import type { Database } from '../connect';
import { recordStep } from '../story/record-step';
import { inTransaction } from '../transaction';
import { moveWork } from './move-work';
import { fulfillmentNews, openFulfillment, type OpenFulfillment } from './open-fulfillment';
import type { FulfillmentCommand } from './pick-fulfillment';

export interface PackageContent {
  type: string;
  weightGrams: number;
  lines: { lineId: string; quantity: number }[];
}

export interface PackCommand extends FulfillmentCommand {
  packages: PackageContent[];
  /** GS1 company prefix under which the cartons get their SSCC. */
  companyPrefix: string;
}

/**
 * Records what was packed in which carton, each with an SSCC of its own, and tells the order, which books the
 * carrier. The cartons together must hold exactly the fulfillment's lines.
 */
export async function packFulfillment(db: Database, command: PackCommand): Promise<CommandResult> {
  return inTransaction(db, async (trx) => {
    const opened = await openFulfillment(trx, command.fulfillmentId, 'pack');
    if (opened.state === 'answered') return opened.answer;
    const { fulfillment } = opened;
    const signals = [fulfillmentNews(fulfillment, 'packed')];
    if (opened.state === 'alreadyDone') return { outcome: 'done', value: {}, signals };
    const problems = checkPackages(fulfillment, command.packages);
    if (problems.length > 0) return { outcome: 'invalid', problems };
    await insertPackages(trx, fulfillment, command);
    const step = packedStep(fulfillment, command, signals);
    await recordStep(trx, step, [moveWork({ ...command, status: 'packed' })]);
    return { outcome: 'done', value: {}, signals };
  });
}

/** The packages together must hold exactly the fulfillment's lines. */
export function checkPackages(
  fulfillment: OpenFulfillment,
  packages: readonly Pick<PackageContent, 'lines'>[],
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const packed = new Map<string, number>();
  packages.forEach((content, at) =>
    content.lines.forEach((line, position) => {
      packed.set(line.lineId, (packed.get(line.lineId) ?? 0) + line.quantity);
      if (!fulfillment.lines.some(({ lineId }) => lineId === line.lineId))
        problems.push({
          pointer: `/packages/${at}/lines/${position}/lineId`,
          detail: `${line.lineId} is not a line of this fulfillment`,
        });
    }),
  );
  for (const line of fulfillment.lines) {
    const quantity = packed.get(line.lineId) ?? 0;
    if (quantity !== line.quantity)
      problems.push({
        pointer: '/packages',
        detail: `${line.quantity} of ${line.lineId} (${line.sku}) must be packed, the packages hold ${quantity}`,
        code: 'piecesDiffer',
        about: { lineId: line.lineId, quantity: line.quantity, packed: quantity },
      });
  }
  return problems;
}

async function insertPackages(
  trx: Knex.Transaction,
  fulfillment: OpenFulfillment,
  { packages, companyPrefix }: PackCommand,
): Promise<void> {
  const serials = await trx.raw<{ rows: { serial: number }[] }>(
    `SELECT nextval('sscc_serial') AS serial FROM generate_series(1, ?)`,
    [packages.length],
  );
  await trx('packages').insert(
    packages.map((content, index) => ({
      id: `${fulfillment.id}_p${index + 1}`,
      fulfillment_id: fulfillment.id,
      position: index + 1,
      type: content.type,
      weight_grams: content.weightGrams,
      lines: JSON.stringify(content.lines),
      sscc: createSscc(companyPrefix, 0, serials.rows[index]!.serial),
    })),
  );
}

function packedStep(
  fulfillment: OpenFulfillment,
  command: PackCommand,
  signals: ReturnType<typeof fulfillmentNews>[],
): Parameters<typeof recordStep>[1] {
  const { handOverWithinMs } = orderSettings(fulfillment.settings);
  return {
    orderId: fulfillment.orderId,
    at: command.at,
    signals,
    events: [
      {
        key: `packed:${fulfillment.id}`,
        type: 'packed',
        actor: command.actor,
        data: {
          fulfillmentId: fulfillment.id,
          locationId: fulfillment.locationId,
          packages: command.packages.map(({ type, weightGrams }) => ({ type, weightGrams })),
        },
      },
    ],
    waits: [
      {
        key: fulfillment.id,
        what: `${fulfillment.locationName} to hand over to the carrier`,
        until: new Date(Date.parse(command.at) + handOverWithinMs).toISOString(),
        then: 'operations are asked to look at it',
      },
    ],
  };
}
