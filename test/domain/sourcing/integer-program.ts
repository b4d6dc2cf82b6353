import type { SourcingDecision, SourcingRequest } from '../../../domain/sourcing/types';

/** A piece supplied is worth more than any of these requests can cost. */
const worthOfPiece = 100_000;

/**
 * The choice as a mixed integer program in LP format, written from the request alone: nothing of the solver is
 * used. Several requests stand side by side in one program; its optimum is the sum of theirs.
 *
 * @param share their candidates are the same locations, whose stock is there once
 */
export function programOf(requests: readonly SourcingRequest[], share?: 'share'): string {
  const program: Program = { objective: [], rows: [], general: [], binary: [], taken: new Map() };
  requests.forEach((request, index) => write(program, request, `r${index}`));
  if (share)
    for (const { names, available } of program.taken.values())
      program.rows.push(`${names.join(' ')} <= ${available}`);
  return [
    'Minimize',
    ` obj: ${wrap(program.objective)}`,
    'Subject To',
    ...program.rows.map((row, index) => ` c${index}: ${row}`),
    ...(program.general.length > 0 ? ['General', ` ${wrap(program.general)}`] : []),
    'Binary',
    ` ${wrap(program.binary)}`,
    'End',
  ].join('\n');
}

interface Program {
  objective: string[];
  rows: string[];
  general: string[];
  binary: string[];
  /** By location and SKU, what is taken there. */
  taken: Map<string, { names: string[]; available: number }>;
}

const term = (factor: number, name: string): string =>
  `${factor < 0 ? '-' : '+'} ${Math.abs(factor)} ${name}`;
const wrap = (parts: readonly string[]): string =>
  parts.map((part, at) => (at % 8 === 7 ? `${part}\n ` : part)).join(' ');

function write(program: Program, request: SourcingRequest, prefix: string): void {
  const { allocation, scores } = request.ruleSet!.scenarios[0]!;
  const { objective, rows, binary, general } = program;
  const given = new Map<string, string[]>(request.lines.map((line) => [line.lineId, []]));
  const opened: string[] = [];
  const isOne = `${prefix}one`;
  binary.push(isOne);
  request.candidates.forEach((candidate, at) => {
    const ofLocation: string[] = [];
    const quotes = candidate.quotes!.length > 0 ? candidate.quotes! : [null];
    quotes.forEach((quote, service) => {
      const open = `${prefix}y${at}_${service}`;
      ofLocation.push(`+ 1 ${open}`);
      binary.push(open);
      const fixed =
        scores.perSplit! +
        (quote === null
          ? scores.withoutTariff!
          : scores.shippingCost! * quote.base + scores.perDay! * quote.transitDays) +
        scores.priority! * candidate.priority;
      objective.push(term(fixed, open));
      const ofSku = new Map<string, string[]>();
      request.lines.forEach((line, index) => {
        const kg = request.order!.lines[index]!.weightGrams! / 1000;
        const unit =
          scores.shippingCost! * (quote?.perKg ?? 0) * kg +
          scores.pickCost! * candidate.pickCost! -
          (candidate.overstock![line.sku] ? scores.overstock! : 0);
        const name = `${prefix}x${at}_${service}_${index}`;
        const isWhole = allocation.split === 'byLine';
        (isWhole ? binary : general).push(name);
        const times = isWhole ? line.quantity : 1;
        objective.push(term((unit - worthOfPiece) * times, name));
        given.get(line.lineId)!.push(`+ ${times} ${name}`);
        ofSku.set(line.sku, [...(ofSku.get(line.sku) ?? []), `+ ${times} ${name}`]);
      });
      for (const [sku, names] of ofSku) {
        const available = Math.max(0, candidate.available[sku] ?? 0);
        rows.push(`${names.join(' ')} - ${available} ${open} <= 0`);
        const key = `${candidate.locationId} ${sku}`;
        const taken = program.taken.get(key) ?? { names: [], available };
        program.taken.set(key, { names: [...taken.names, ...names], available });
      }
    });
    rows.push(`${ofLocation.join(' ')} <= 1`);
    opened.push(...ofLocation);
  });
  const mustBeAll = allocation.split === 'never' || allocation.shipComplete === true;
  for (const line of request.lines) {
    const names = given.get(line.lineId)!.join(' ');
    rows.push(mustBeAll ? `${names} - ${line.quantity} ${isOne} = 0` : `${names} <= ${line.quantity}`);
  }
  const atMost = allocation.split === 'never' ? 1 : allocation.maxLocations;
  if (atMost !== undefined) rows.push(`${opened.join(' ')} <= ${atMost}`);
  rows.push(`${opened.join(' ')} - 1 ${isOne} >= 0`);
  objective.push(term(-scores.perSplit!, isOne));
}

/** The decision in the figures of the program. */
export function valueOf(decision: SourcingDecision): number {
  const pieces = decision.assignments
    .flatMap(({ lines }) => lines)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  return (decision.cost?.total ?? 0) / 1000 - pieces * worthOfPiece;
}
