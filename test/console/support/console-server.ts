import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../../api/app';
import type { LimitSettings } from '../../../api/http/limits';
import { createConsole, type Console, type ConsoleSettings } from '../../../console';
import type { Role } from '../../../domain/access';
import { createLinks, type SignedLinks } from '../../../runtime/links';
import { consoleOperations } from '../../../store/read/console-operations';
import { bindOperations } from '../../../store/operations';
import { keyOf, startTestApi, testSecret, type TestApi } from '../../api/support/server';
import { createVisitor, type TestVisitor } from './visitor';

export interface TestConsole {
  api: TestApi;
  url: string;
  links: SignedLinks;
  pages: Console;
  /** Lets the console's clock run ahead. */
  clock: { aheadMs: number };
  /** Somebody with a browser of their own who is not signed in. */
  visitor(): TestVisitor;
  signedIn(key: string): Promise<TestVisitor>;
  as(role: Role): Promise<TestVisitor>;
  close(): Promise<void>;
}

/** The console over real HTTP beside the API of the tests, whose workflows are a fake. */
export async function startTestConsole(
  settings: Partial<ConsoleSettings> = {},
  limits: Partial<LimitSettings> = {},
): Promise<TestConsole> {
  const api = await startTestApi({ limits });
  const links = createLinks('http://shop.test', testSecret);
  const clock = { aheadMs: 0 };
  let pages: Console | undefined;
  let finish = (): Promise<void> => Promise.resolve();
  const app = createApp(api.deps, (services) => {
    finish = services.finish;
    pages = createConsole({
      services,
      reads: bindOperations(api.db, consoleOperations),
      store: api.deps.store,
      settings: { ...api.deps.settings, ...settings },
      links,
      limits: api.deps.limits,
      log: api.deps.log,
      now: () => new Date(Date.now() + clock.aheadMs),
    });
    return pages;
  });
  const server = await new Promise<Server>((resolve) => {
    const started = app.listen(0, '127.0.0.1', () => resolve(started));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const visitor = () => createVisitor(url);
  const signedIn = async (key: string) => {
    const person = visitor();
    const login = await person.get('/login');
    await person.post('/login', { csrf: login.csrf, key });
    return person;
  };
  return {
    api,
    url,
    links,
    pages: pages!,
    clock,
    visitor,
    signedIn,
    as: (role) => signedIn(keyOf(role)),
    async close() {
      const streams = pages!.closeLive();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await streams;
      await finish();
      await api.close();
    },
  };
}
