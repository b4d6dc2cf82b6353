import path from 'node:path';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { mayDo } from '../api/access';
import { Problem } from '../api/problem';
import { maySee } from '../api/services/order-reader';
import type { ConsoleDependencies } from './dependencies';
import { createDesk, type Desk } from './desk';
import { refuseNul } from './form';
import { createLive, type Live } from './live';
import { homeOf } from './navigation';
import { signedDocument } from './pages/documents';
import { loginPages } from './pages/login';
import { myOrderPages } from './pages/my-order/my-order-pages';
import { stockAlertPages } from './pages/stock-alert';
import { supplierWorkPages } from './pages/supplier-work';
import { trackPage } from './pages/track';
import { problemView, viewOfProblem } from './problem-views';
import { createSessions, type Sessions } from './sessions';
import { staffPages } from './staff-pages';
import { createViews } from './views';

export type { ConsoleDependencies, ConsoleSettings } from './dependencies';

const templates = path.resolve(__dirname, '..', 'templates', 'console');
const ownFiles = path.join(__dirname, 'public');
const htmxFiles = path.join(path.dirname(require.resolve('htmx.org/package.json')), 'dist');
const formLimit = '100kb';
const tooLong = 'The form is too long: at most 100 kB, and a thousand fields.';

/** The pages for staff and customers, to be mounted at `/`; `closeLive` ends their event streams. */
export type Console = Router & { closeLive(): Promise<void> };

export function createConsole(deps: ConsoleDependencies): Console {
  const sessions = createSessions(deps);
  const desk = createDesk(deps, sessions, createViews(templates));
  const live = createLive(deps.reads, deps.log);
  const router = express.Router();

  router.use('/assets', serveAssets());
  router.use(createPageHeaders(deps), express.urlencoded({ extended: false, limit: formLimit }), refuseNul);
  router.get('/', async (req, res) => {
    const visitor = await sessions.visitor(req, res);
    res.redirect(303, visitor ? homeOf((operation) => mayDo(visitor.principal.role, operation)) : '/login');
  });
  loginPages(router, deps, desk, sessions);
  staffPages(router, deps, desk, sessions);
  liveStreams(router, deps, sessions, live);
  myOrderPages(router, deps, desk, sessions);
  supplierWorkPages(router, deps, desk, sessions);
  stockAlertPages(router, deps, desk, sessions);
  router.get('/d/:token', signedDocument(deps, desk));
  router.get('/track/:trackingNumber', trackPage(deps, desk));
  router.use(answerUnknownPage(desk));
  router.use(createErrorPage(deps, desk));
  return Object.assign(router, { closeLive: () => live.close() });
}

function liveStreams(router: Router, deps: ConsoleDependencies, sessions: Sessions, live: Live): void {
  router.get(['/live', '/live/orders/:id'], async (req, res) => {
    res.locals.operation = 'live';
    const visitor = await sessions.visitor(req, res);
    if (!visitor) return void res.status(401).end();
    const { principal } = visitor;
    if (!mayDo(principal.role, 'listOrders') && !mayDo(principal.role, 'listFulfillments'))
      return void res.status(403).end();
    const orderId = req.params.id;
    live.subscribe(res, {
      hears: (change) => (orderId === undefined || change.orderId === orderId) && maySee(principal, change),
      isStillWelcome: async () => (await sessions.whoIs(req)) !== null,
    });
  });
}

/** Our files and htmx, told apart by nothing but their names; a browser asks anew whether they changed. */
function serveAssets(): Router {
  const assets = express.Router();
  const options = { index: false, fallthrough: true, etag: true, maxAge: '1h' } as const;
  assets.use(express.static(ownFiles, options));
  assets.get('/htmx.min.js', (_req, res) =>
    res.sendFile(path.join(htmxFiles, 'htmx.min.js'), { maxAge: '1d' }),
  );
  return assets;
}

/** Only what we serve ourselves may run or be shown; nothing inline, nobody may frame a page. */
function createPageHeaders({ settings }: ConsoleDependencies) {
  const self = ["'self'"];
  const nothing = ["'none'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: nothing,
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        connectSrc: self,
        formAction: self,
        baseUri: nothing,
        frameAncestors: nothing,
      },
    },
    // Signed links stay between us and who follows them.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.environment !== 'development',
  });
}

/** People get a page; programs go on to the API's own answer. */
const answerUnknownPage =
  (desk: Desk): RequestHandler =>
  async (req, res, next) => {
    if (req.accepts(['json', 'html']) !== 'html') return next();
    await desk.sendProblem(
      req,
      res,
      problemView('There is no such page', 'Check the address, or start from the menu.', 404),
    );
  };

/** A page that tells people what went wrong, in place of the API's JSON. */
function createErrorPage({ log }: ConsoleDependencies, desk: Desk): ErrorRequestHandler {
  return async (error, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof Problem) return desk.sendProblem(req, res, viewOfProblem(error));
    const { status } = error as { status?: number };
    if (status !== undefined && status < 500)
      return desk.sendProblem(
        req,
        res,
        problemView(
          'This cannot be read',
          status === 413 ? tooLong : 'The form or the address is broken.',
          status,
        ),
      );
    (req.log ?? log).error({ err: error }, 'page failed');
    const detail = 'Nothing was decided. Try again in a moment; the fault was logged.';
    await desk.sendProblem(req, res, problemView('Something went wrong', detail, 500));
  };
}
