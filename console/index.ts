import path from 'node:path';
import express, { type ErrorRequestHandler, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { mayDo } from '../api/access';
import { maySee } from '../api/services/order-reader';
import type { ConsoleDependencies } from './dependencies';
import { createDesk, problemView, type Desk } from './desk';
import { createLive, type Live } from './live';
import { homeOf } from './navigation';
import { accountPages } from './pages/accounts/account-pages';
import { arrivalPages } from './pages/arrivals';
import { bufferPages } from './pages/buffers/buffer-pages';
import { purchaseDocument, signedDocument, staffDocument } from './pages/documents';
import { exceptionsPage, findingActions } from './pages/exceptions';
import { fulfillmentActions } from './pages/fulfillment-actions';
import { locationPages } from './pages/location-setup/location-pages';
import { locationsPage } from './pages/locations';
import { lowStockPage } from './pages/low-stock';
import { loginPages } from './pages/login';
import { myOrderPages } from './pages/my-order/my-order-pages';
import { orderPage } from './pages/order/order-page';
import { orderActions } from './pages/order-actions';
import { orderEditPages } from './pages/order-edit';
import { ordersPage } from './pages/orders';
import { packPages } from './pages/pack';
import { priceListPages } from './pages/price-lists/price-list-pages';
import { purchaseOrderActions } from './pages/purchase-order-actions';
import { purchaseOrderDraftPages } from './pages/purchase-order-draft';
import { newPurchaseOrder } from './pages/purchase-order-new';
import { purchaseOrderPage, purchaseOrdersPage } from './pages/purchase-orders';
import { rulePages } from './pages/rules';
import { safetyPages } from './pages/safety-stock/safety-pages';
import { simulationPages } from './pages/simulations';
import { purchaseRequestPages } from './pages/purchase-requests';
import { reorderPages } from './pages/reorder-points/reorder-pages';
import { returnActions } from './pages/return-actions';
import { stockAlertsPage, stockAlertShoppersPage } from './pages/stock-alerts';
import { stockAlertPages } from './pages/stock-alert';
import { supplierPages } from './pages/suppliers/supplier-pages';
import { stockFeedPages } from './pages/stock-feeds';
import { replenishPages } from './pages/replenish';
import { sellPages } from './pages/sell';
import { stockPage } from './pages/stock';
import { stockMovementsPage } from './pages/stock-movements';
import { supplierWorkPages } from './pages/supplier-work';
import { tariffPages } from './pages/tariffs/tariff-pages';
import { trackPage } from './pages/track';
import { transferPages } from './pages/transfers';
import { workPage } from './pages/work';
import { createSessions, type Sessions } from './sessions';
import { createViews } from './views';

export type { ConsoleDependencies, ConsoleSettings } from './dependencies';

const templates = path.resolve(__dirname, '..', 'templates', 'console');
const ownFiles = path.join(__dirname, 'public');
const htmxFiles = path.join(path.dirname(require.resolve('htmx.org/package.json')), 'dist');
const formLimit = '100kb';

/** The pages for staff and customers, to be mounted at `/`; `closeLive` ends their event streams. */
export type Console = Router & { closeLive(): Promise<void> };

export function createConsole(deps: ConsoleDependencies): Console {
  const sessions = createSessions(deps);
  const desk = createDesk(deps, sessions, createViews(templates));
  const live = createLive(deps.reads, deps.log);
  const router = express.Router();

  router.use('/assets', serveAssets());
  router.use(createPageHeaders(deps), express.urlencoded({ extended: false, limit: formLimit }));
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

function staffPages(router: Router, deps: ConsoleDependencies, desk: Desk, sessions: Sessions): void {
  router.get('/orders', ordersPage(deps, desk));
  router.get('/orders/:id', orderPage(deps, desk));
  orderActions(router, deps, desk);
  orderEditPages(router, deps, desk);
  router.get('/locations', locationsPage(deps, desk));
  router.get('/locations/:id/fulfillments', workPage(deps, desk));
  locationPages(router, deps, desk);
  tariffPages(router, deps, desk);
  packPages(router, deps, desk);
  fulfillmentActions(router, deps, desk);
  arrivalPages(router, deps, desk);
  returnActions(router, deps, desk);
  router.get('/stock', stockPage(deps, desk));
  router.get('/stock/movements', stockMovementsPage(deps, desk));
  stockFeedPages(router, deps, desk);
  bufferPages(router, deps, desk);
  safetyPages(router, deps, desk);
  router.get('/stock/low', lowStockPage(deps, desk));
  router.get('/stock/alerts', stockAlertsPage(deps, desk));
  router.get('/stock/alerts/shoppers', stockAlertShoppersPage(deps, desk));
  sellPages(router, deps, desk);
  replenishPages(router, deps, desk);
  transferPages(router, deps, desk);
  router.get('/purchase-orders', purchaseOrdersPage(deps, desk));
  router.post('/purchase-orders', newPurchaseOrder(deps, desk));
  router.get('/purchase-orders/:id', purchaseOrderPage(deps, desk));
  router.get('/purchase-orders/:id/document', purchaseDocument(deps, desk, sessions));
  purchaseOrderActions(router, deps, desk);
  purchaseOrderDraftPages(router, deps, desk);
  rulePages(router, deps, desk);
  simulationPages(router, deps, desk);
  purchaseRequestPages(router, deps, desk);
  reorderPages(router, deps, desk);
  supplierPages(router, deps, desk);
  accountPages(router, deps, desk);
  priceListPages(router, deps, desk);
  router.get('/exceptions', exceptionsPage(deps, desk));
  findingActions(router, deps, desk);
  router.get('/documents/:id', staffDocument(deps, desk, sessions));
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
    const { status } = error as { status?: number };
    if (status !== undefined && status < 500)
      return desk.sendProblem(
        req,
        res,
        problemView('This cannot be read', 'The form or the address is broken.', status),
      );
    (req.log ?? log).error({ err: error }, 'page failed');
    const detail = 'Nothing was decided. Try again in a moment; the fault was logged.';
    await desk.sendProblem(req, res, problemView('Something went wrong', detail, 500));
  };
}
