import type { RequestHandler, Router } from 'express';
import { packBody } from '../../api/contract/fulfillments';
import { validate } from '../../api/http/validate';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk, Visit } from '../desk';
import { problemView } from '../problem-views';
import type { View } from '../views';
import { placeOf } from './fulfillment-actions';
import { orderUrl } from './order/order-url';
import { piecesByLine } from './piece-fields';
import { tabOfStatus, workUrl } from './work';

const mostPackages = 10;
/** A carton with its filling, in grams, when nobody has weighed it. */
const cartonGrams = 200;

const packageTypes = [
  { value: 'carton', label: 'Carton' },
  { value: 'bag', label: 'Bag' },
  { value: 'envelope', label: 'Envelope' },
  { value: 'tube', label: 'Tube' },
  { value: 'pallet', label: 'Pallet' },
];

/** What went into which package: proposed as one with everything in it. */
export function packPages(router: Router, deps: ConsoleDependencies, desk: Desk): void {
  const { fulfillments } = deps.services;
  router.get(
    '/fulfillments/:id/pack',
    desk.page('packFulfillment', (visit) => packView(deps, visit)) satisfies RequestHandler,
  );
  router.post(
    '/fulfillments/:id/pack',
    desk.action(
      'packFulfillment',
      async (visit) => {
        const id = String(visit.req.params.id);
        const body = validate(packBody, { packages: packagesOf(visit.form) });
        const packed = await fulfillments.pack(visit.principal, id, body);
        const isLabelled = packed.packages.every((parcel) => parcel.labelDocumentId !== null);
        const notice = isLabelled
          ? `Order ${packed.orderNumber} is packed. Print the label, then hand it over.`
          : `Order ${packed.orderNumber} is packed. The label appears as soon as the carrier has answered.`;
        return { notice, ...placeOf(deps, visit, { ...packed, status: 'packed' }) };
      },
      (visit) => ({ url: visit.req.originalUrl, view: () => packView(deps, visit) }),
    ),
  );
}

async function packView({ services, reads }: ConsoleDependencies, visit: Visit): Promise<View> {
  const id = String(visit.req.params.id);
  const fulfillment = await services.fulfillments.find(id);
  if (!fulfillment.allowedActions.includes('pack'))
    return problemView(
      'Nothing to pack here',
      `Order ${fulfillment.orderNumber} is not waiting to be packed.`,
      409,
    );
  const weights = await reads.readWeights(fulfillment.lines.map((line) => line.sku));
  const asked = Number(visit.form.count ?? visit.req.query.packages ?? 1);
  const count = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), mostPackages) : 1;
  const isFromOrder = (visit.form.page ?? visit.req.query.page) === 'order' && visit.may('findOrder');
  const page = isFromOrder ? 'order' : 'work';
  const backUrl = isFromOrder
    ? orderUrl(fulfillment.orderId)
    : workUrl(fulfillment.locationId, { tab: tabOfStatus(fulfillment.status) });
  const url = (packages: number) =>
    `/fulfillments/${encodeURIComponent(id)}/pack?packages=${packages}&page=${page}`;
  return {
    template: 'pack',
    title: `Pack order ${fulfillment.orderNumber}`,
    data: {
      fulfillment,
      page,
      backUrl,
      count,
      packages: Array.from({ length: count }, (_, index) =>
        proposalOf(fulfillment, index, weights, visit.form),
      ),
      moreUrl: count < mostPackages ? url(count + 1) : null,
      fewerUrl: count > 1 ? url(count - 1) : null,
    },
  };
}

interface ToPack {
  lines: { lineId: string; sku: string; title: string; quantity: number; gtin: string | null }[];
}

/** The first package is proposed to hold everything; what was typed before stays. */
function proposalOf(
  { lines }: ToPack,
  index: number,
  weights: Record<string, number>,
  form: Readonly<Record<string, string>>,
) {
  const field = (name: string) => `p${index + 1}.${name}`;
  const isWeighed = lines.every((line) => weights[line.sku] !== undefined);
  const goods = lines.reduce((sum, line) => sum + line.quantity * (weights[line.sku] ?? 0), 0);
  const proposed = index === 0 && isWeighed ? String(goods + cartonGrams) : '';
  const type = form[field('type')] ?? 'carton';
  return {
    number: index + 1,
    typeField: field('type'),
    types: packageTypes.map((each) => ({ ...each, isChosen: each.value === type })),
    weightField: field('weight'),
    weight: form[field('weight')] ?? proposed,
    isProposed: index === 0 && isWeighed,
    lines: lines.map((line) => ({
      ...line,
      field: field(`pieces.${line.lineId}`),
      value: form[field(`pieces.${line.lineId}`)] ?? String(index === 0 ? line.quantity : 0),
    })),
  };
}

/** Packages as the form names them: `p1.weight`, `p1.pieces.<line>`; those that hold nothing are left out. */
function packagesOf(form: Readonly<Record<string, string>>) {
  const numbers = Array.from({ length: mostPackages }, (_, index) => index + 1);
  return numbers
    .filter((number) => form[`p${number}.weight`] !== undefined)
    .map((number) => ({
      type: form[`p${number}.type`],
      weightGrams: Number(form[`p${number}.weight`] || Number.NaN),
      lines: piecesByLine(form, `p${number}.pieces`),
    }))
    .filter((parcel) => parcel.lines.length > 0);
}
