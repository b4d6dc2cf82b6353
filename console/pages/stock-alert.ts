import type { Request, RequestHandler, Response, Router } from 'express';
import { Problem } from '../../api/problem';
import type { Services } from '../../api/services';
import { languageOf } from '../../domain/language';
import { isAlertOver } from '../../domain/stock/stock-alert';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { formOf } from '../form';
import { problemView } from '../problem-views';
import type { Sessions } from '../sessions';
import { customerWords } from '../words/customer/customer-words';
import { alertWords } from '../words/stock-alert';
import { readFormWithFile } from '../upload';
import { linkHolder } from './documents';

type Alert = Awaited<ReturnType<Services['stockAlerts']['find']>>;

/**
 * Where a shopper confirms an alert and takes it back, behind the signed link of its mails. Nothing happens by
 * opening it: programs that look into mails open links, too. A mail program's own button takes it back at once.
 */
export function stockAlertPages(
  router: Router,
  deps: ConsoleDependencies,
  desk: Desk,
  sessions: Sessions,
): void {
  const { stockAlerts } = deps.services;

  const withAlert =
    (serve: (req: Request, res: Response, alert: Alert) => Promise<void> | void): RequestHandler =>
    async (req, res) => {
      const id = deps.links.verify('a', String(req.params.token));
      const alert = id === null ? null : await findAlert(stockAlerts, id);
      if (!alert) return unknownLink(desk, req, res);
      await serve(req, res, alert);
    };

  router.get(
    '/a/:token',
    withAlert((req, res, alert) => showAlert(desk, req, res, alert)),
  );

  // Mail programs send this without a cookie, and nothing but the link proves who asks (RFC 8058).
  router.post(
    '/a/:token',
    readFormWithFile,
    withAlert(async (req, res, alert) => {
      const { 'List-Unsubscribe': asked } = formOf(req);
      if (asked !== 'One-Click') return showAlert(desk, req, res, alert, 400);
      await stockAlerts.cancel(linkHolder, alert.id);
      const after = await findAlert(stockAlerts, alert.id);
      showAlert(desk, req, res, after ?? alert);
    }),
  );

  for (const action of ['confirm', 'cancel'] as const)
    router.post(
      `/a/:token/${action}`,
      withAlert(async (req, res, alert) => {
        const form = formOf(req);
        if (!sessions.isOwnForm(req, form.csrf, 'browser')) return showAlert(desk, req, res, alert, 403);
        await stockAlerts[action](linkHolder, alert.id);
        res.redirect(303, `/a/${encodeURIComponent(String(req.params.token))}`);
      }),
    );
}

async function findAlert(stockAlerts: Services['stockAlerts'], id: string): Promise<Alert | null> {
  try {
    return await stockAlerts.find(linkHolder, id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

function unknownLink(desk: Desk, req: Request, res: Response): void {
  const language = req.acceptsLanguages('it', 'en') === 'it' ? 'it' : 'en';
  const { linkUnknown, linkUnknownDetail } = customerWords[language];
  desk.sendPublic(req, res, problemView(linkUnknown!, linkUnknownDetail!, 404), { language });
}

function showAlert(desk: Desk, req: Request, res: Response, alert: Alert, status = 200): void {
  const language = languageOf(alert.locale);
  const words = alertWords[language];
  desk.sendPublic(
    req,
    res,
    {
      template: 'stock-alert',
      title: words.title,
      status,
      data: {
        alert,
        words,
        lead: words.lead[alert.status],
        token: req.params.token,
        isOver: isAlertOver(alert.status),
        mayConfirm: alert.status === 'unconfirmed',
        problem: status === 403 ? words.formOld : undefined,
      },
    },
    { language },
  );
}
