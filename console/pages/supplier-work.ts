import type { Request, RequestHandler, Response, Router } from 'express';
import type { Principal } from '../../api/authenticate';
import { shipBody } from '../../api/contract/fulfillments';
import { reasonBody } from '../../api/contract/order-actions';
import { validate } from '../../api/http/validate';
import { Problem } from '../../api/problem';
import type { Services } from '../../api/services';
import { addressLines } from '../../domain/order/address-lines';
import { supplierOrderNumber } from '../../domain/shipping/supplier-order';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { formOf } from '../form';
import { problemView } from '../problem-views';
import type { Sessions } from '../sessions';
import { problemInWords } from '../words/fields';
import { brandOf } from './brand';
import { parcelFields, parcelsOf } from './supplier-parcels';

type Work = Awaited<ReturnType<Services['fulfillments']['find']>>;
type Form = Record<string, string>;

/** Where a supplier without a program answers for one order, behind the signed link of its mail. */
export function supplierWorkPages(
  router: Router,
  deps: ConsoleDependencies,
  desk: Desk,
  sessions: Sessions,
): void {
  const { fulfillments } = deps.services;

  const withWork =
    (serve: (req: Request, res: Response, work: Work) => Promise<void> | void): RequestHandler =>
    async (req, res) => {
      const id = deps.links.verify('s', String(req.params.token));
      const work = id === null ? null : await findWork(fulfillments, id);
      if (!work) return desk.sendPublic(req, res, unknownLink);
      await serve(req, res, work);
    };

  router.get(
    '/s/:token',
    withWork((req, res, work) => showWork(deps, desk, req, res, work)),
  );

  const on = (name: string, perform: (supplier: Principal, work: Work, form: Form) => Promise<unknown>) =>
    router.post(
      `/s/:token/${name}`,
      withWork(async (req, res, work) => {
        const form = formOf(req);
        if (!sessions.isOwnForm(req, form.csrf, 'browser'))
          return showWork(deps, desk, req, res, work, {
            status: 403,
            problem: 'This form was out of date. Please try again.',
            form,
          });
        try {
          await perform(supplierOf(work), work, form);
          res.redirect(303, `/s/${encodeURIComponent(String(req.params.token))}`);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          const problem = problemInWords(error);
          await showWork(deps, desk, req, res, work, { status: error.status, problem, form });
        }
      }),
    );

  on('confirm', (supplier, { id }) => fulfillments.confirm(supplier, id));
  on('ship', (supplier, work, form) =>
    fulfillments.ship(supplier, work.id, validate(shipBody, { packages: parcelsOf(work, form) })),
  );
  on('reject', (supplier, { id }, form) =>
    fulfillments.reject(supplier, id, validate(reasonBody, { reason: form.reason })),
  );
}

/** Whoever holds the link speaks for the location that the work lies at. */
const supplierOf = ({ locationId }: Work): Principal => ({
  id: 'link',
  role: 'warehouse',
  name: locationId,
  boundTo: locationId,
});

const unknownLink = problemView(
  'This link does not work',
  'It may be incomplete: open it once more from the mail that it came with.',
  404,
);

async function findWork(fulfillments: Services['fulfillments'], id: string): Promise<Work | null> {
  try {
    return await fulfillments.find(id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** What the work is to who ships it for us. */
const supplierStates: Partial<Record<string, string>> = { allocated: 'to be answered', picking: 'confirmed' };

async function showWork(
  deps: ConsoleDependencies,
  desk: Desk,
  req: Request,
  res: Response,
  work: Work,
  answer: { status?: number; problem?: string; form?: Form } = {},
): Promise<void> {
  // As the mail and its order have them.
  const number = supplierOrderNumber(work.orderNumber, work.id);
  const brand = await brandOf(deps, work);
  const can = Object.fromEntries(work.allowedActions.map((action) => [action, true]));
  const data = {
    ...parcelFields(work, Number(req.query.parcels), answer.form),
    work,
    number,
    brand,
    state: supplierStates[work.status] ?? work.status,
    problem: answer.problem,
    token: req.params.token,
    address: addressLines(work.recipient, 'en'),
    can: { ...can, ship: can.ship === true && work.status !== 'packed' },
    isOpen: can.confirm === true || can.ship === true,
    isRefused: work.status === 'cancelled',
    slips: work.documents
      .filter(({ kind }) => kind === 'packingSlip')
      .map(({ id, title }) => ({ title, url: deps.links.document(id) })),
  };
  const view = { template: 'supplier-work', title: `Order ${number}`, status: answer.status, data };
  desk.sendPublic(req, res, view, { site: brand.name });
}
