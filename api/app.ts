import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import swaggerUi from 'swagger-ui-express';
import type { ApiDependencies } from './dependencies';
import { answerHealth, createReadiness } from './http/health';
import { createMetrics } from './http/metrics';
import { answerUnknownRoute, createErrorHandler } from './http/problems';
import { createRequestLog } from './http/request-log';
import { createRouter } from './http/router';
import { createOpenApi } from './openapi';
import { createOperations } from './routes';
import { createServices, type Services } from './services';

/** Pages that are served beside the API by the same process; they call the same services. */
export interface Pages {
  (services: Services): RequestHandler;
}

/** The API as an Express application; nothing listens yet. */
export function createApp(deps: ApiDependencies, pages?: Pages): Express {
  const app = express();
  const services = createServices(deps);
  const operations = createOperations(services, deps);
  const document = createOpenApi(operations, deps.settings.publicUrl);
  const metrics = createMetrics();

  app.set('trust proxy', deps.settings.trustProxy);
  app.disable('x-powered-by');
  // Two answers are never compared by their tags here, and hashing each one costs time.
  app.disable('etag');
  app.use(createRequestLog(deps.log), metrics.measure, createHelmet());
  app.get('/healthz', answerHealth);
  app.get('/readyz', createReadiness(deps));
  app.get('/metrics', metrics.serve);
  app.get('/openapi.json', (_req, res) => void res.json(document));
  app.use('/docs', swaggerUi.serve, swaggerUi.setup(document, { customSiteTitle: 'Ordito API' }));
  app.use(createRouter(deps, operations));
  if (pages) app.use(pages(services));
  app.use(answerUnknownRoute, createErrorHandler(deps.log));
  return app;
}

function createHelmet(): RequestHandler {
  // Development is plain HTTP; in production the proxy in front redirects.
  return helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } });
}
