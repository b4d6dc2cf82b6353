import type { Request, RequestHandler, Response, Router } from 'express';
import type { Principal } from '../../api/authenticate';
import { shipBody } from '../../api/contract/fulfillments';
import { reasonBody } from '../../api/contract/order-actions';
import { validate } from '../../api/http/validate';
import { Problem } from '../../api/problem';
import type { Services } from '../../api/services';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { formOf } from '../form';
import { problemView } from '../problem-views';
import type { Sessions } from '../sessions';
import { refusalInWords } from '../words/supplier-refusals';
import { supplierWords } from '../words/supplier-work';
import { parcelsOf, type Work } from './supplier-parcels';
import { readSuppliersWork, supplierWorkView, type Sent, type SuppliersWork } from './supplier-work-view';

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
    (
      serve: (req: Request, res: Response, suppliers: SuppliersWork) => Promise<void> | void,
    ): RequestHandler =>
    async (req, res) => {
      const id = deps.links.verify('s', String(req.params.token));
      const work = id === null ? null : await findWork(fulfillments, id);
      if (!work) return unknownLink(desk, req, res);
      await serve(req, res, await readSuppliersWork(deps, work));
    };

  router.get(
    '/s/:token',
    withWork((req, res, suppliers) => showWork(deps, desk, req, res, suppliers)),
  );

  const onForm = (
    path: string,
    answer: (asked: { req: Request; res: Response; suppliers: SuppliersWork; form: Form }) => Promise<void>,
  ) =>
    router.post(
      path,
      withWork(async (req, res, suppliers) => {
        const form = formOf(req);
        if (sessions.isOwnForm(req, form.csrf, 'browser')) return answer({ req, res, suppliers, form });
        const problem = suppliers.words.formOld;
        await showWork(deps, desk, req, res, suppliers, { status: 403, problem, form });
      }),
    );

  // One parcel more, or fewer: nothing is decided, what was typed is shown again.
  onForm('/s/:token', ({ req, res, suppliers, form }) => showWork(deps, desk, req, res, suppliers, { form }));

  const on = (name: string, perform: (supplier: Principal, work: Work, form: Form) => Promise<unknown>) =>
    onForm(`/s/:token/${name}`, async ({ req, res, suppliers, form }) => {
      try {
        await perform(supplierOf(suppliers.work), suppliers.work, form);
        res.redirect(303, `/s/${encodeURIComponent(String(req.params.token))}`);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const { status } = error;
        const problem = refusalInWords(error, suppliers.work, suppliers.language);
        await showWork(deps, desk, req, res, suppliers, { status, problem, form });
      }
    });

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

async function findWork(fulfillments: Services['fulfillments'], id: string): Promise<Work | null> {
  try {
    return await fulfillments.find(id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

async function showWork(
  deps: ConsoleDependencies,
  desk: Desk,
  req: Request,
  res: Response,
  suppliers: SuppliersWork,
  sent: Sent = {},
): Promise<void> {
  const { view, site } = await supplierWorkView(deps, suppliers, String(req.params.token), sent);
  const { language, words } = suppliers;
  desk.sendPublic(req, res, view, { language, words, site });
}

function unknownLink(desk: Desk, req: Request, res: Response): void {
  const language = req.acceptsLanguages('it', 'en') === 'it' ? 'it' : 'en';
  const { linkUnknown, linkUnknownDetail } = supplierWords[language];
  desk.sendPublic(req, res, problemView(linkUnknown!, linkUnknownDetail!, 404), { language });
}
