import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Limits } from '../api/http/limits';
import type { Services } from '../api/services';
import { createConsole, type Console } from '../console';
import { consoleOperations } from '../store/read/console-operations';
import { apiOperations } from '../store/api-operations';
import { bindOperations } from '../store/operations';
import type { Base } from './compose';

/** The pages for staff and customers, over the services of the API that they are mounted beside. */
export function composeConsole(
  { config, db, links, log }: Base,
  services: Services,
  limits: Limits,
): Console {
  return createConsole({
    services,
    reads: bindOperations(db, consoleOperations),
    store: bindOperations(db, apiOperations),
    links,
    limits,
    settings: {
      publicUrl: config.api.publicUrl,
      environment: config.environment,
      temporalUiUrl: config.temporalUiUrl,
      temporalNamespace: config.temporal.namespace ?? 'default',
      secret: config.secret,
      demoKeys: config.environment === 'development' ? readDemoKeys(config.home) : {},
      mailUrl: config.environment === 'development' ? config.mailUrl : null,
    },
    log,
    now: () => new Date(),
  });
}

function readDemoKeys(home: string): Record<string, string> {
  const file = path.join(home, 'demo-keys.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
}
