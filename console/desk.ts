import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { mayDo, type OperationId } from '../api/access';
import { actorOf } from '../api/authenticate';
import { Problem } from '../api/problem';
import type { Language } from '../domain/language';
import { changeOnce, type SentBefore } from './change-once';
import type { ConsoleDependencies } from './dependencies';
import { formOf, shortKey } from './form';
import { navigationOf } from './navigation';
import { refusalView, staleFormView, viewOf } from './problem-views';
import type { Sessions } from './sessions';
import type { RenderTemplate, View } from './views';
import { problemInWords } from './words/fields';
import type { Landing, Visit } from './visit';

export type { Landing, Visit } from './visit';

export interface Notice {
  tone: 'good' | 'bad';
  text: string;
}

/** A file that is sent as its lines are read. */
interface CsvFile {
  /** Without its ending. */
  name: string;
  lines: AsyncIterable<string> | string[];
}

/** Serves pages and actions of people who are signed in. */
export interface Desk {
  page(operation: OperationId, build: (visit: Visit) => Promise<View>): RequestHandler;
  /** `back` is shown with the problem when the action is refused. */
  action(
    operation: OperationId,
    perform: (visit: Visit) => Promise<Landing | SentBefore>,
    back: (visit: Visit) => Omit<Landing, 'notice'>,
  ): RequestHandler;
  /** An action that is done once for a form that is sent again. */
  change(
    operation: OperationId,
    perform: (visit: Visit) => Promise<Landing>,
    back: (visit: Visit) => Omit<Landing, 'notice'>,
  ): RequestHandler;
  csv(operation: OperationId, open: (visit: Visit) => Promise<CsvFile>): RequestHandler;
  /** Says what is wrong, to whoever it is. */
  sendProblem(req: Request, res: Response, view: View): Promise<void>;
  /** A page without a frame of navigation. */
  sendPublic(req: Request, res: Response, view: View, options?: PublicOptions): void;
}

interface PublicOptions {
  language?: Language;
  words?: Record<string, string>;
  /** Whose page it is; ours, unless told. */
  site?: string;
}

interface Shown {
  visit: Visit | null;
  csrf: string;
  notice?: Notice;
  /** Address that the page is to have, when it is shown in answer to a form. */
  url?: string;
}

export function createDesk(deps: ConsoleDependencies, sessions: Sessions, render: RenderTemplate): Desk {
  const { settings, now } = deps;
  const isDevelopment = settings.environment === 'development';

  function send(req: Request, res: Response, view: View, shown: Shown, options: PublicOptions = {}): void {
    const { language = 'en', words = {}, site = 'Ordito' } = options;
    res.locals.operation ??= `page ${view.template}`;
    const { visit, csrf, notice, url } = shown;
    const frame = { now: now(), language, words, problems: visit?.problems ?? [] };
    const shared = { csrf, formKey: randomUUID(), isDevelopment, mailUrl: settings.mailUrl ?? null };
    const body = render(view.template, { ...shared, ...view.data }, frame);
    const isFragment = req.get('HX-Request') === 'true' && !req.get('HX-History-Restore-Request');
    const page = {
      ...shared,
      body,
      notice,
      title: view.title,
      language,
      site,
      isSignedIn: visit !== null,
      user: visit && actorOf(visit.principal),
      role: visit?.principal.role,
      menu: visit && navigationOf(visit.may, pathOf(url) ?? req.path),
      isMoved: isFragment && url !== undefined && url !== currentUrl(req),
    };
    if (page.isMoved) res.set('HX-Push-Url', url!);
    res
      .status(view.status ?? 200)
      .set({ 'Cache-Control': 'no-store', Vary: 'HX-Request' })
      .type('html')
      .send(render(isFragment ? 'fragment' : 'layout', page, frame));
  }

  async function visitOf(req: Request, res: Response): Promise<{ visit: Visit; csrf: string } | null> {
    const visitor = await sessions.visitor(req, res);
    if (!visitor) return null;
    const { principal, csrf } = visitor;
    const form = formOf(req);
    const visit: Visit = {
      req,
      res,
      principal,
      form,
      problems: [],
      may: (operation) => mayDo(principal.role, operation),
      requestKey: `${principal.id}:${shortKey(form.formKey)}`,
    };
    return { visit, csrf };
  }

  const desk: Desk = {
    page: (operation, build) => async (req, res) => {
      const known = await visitOf(req, res);
      if (!known) return askToSignIn(req, res);
      const { visit, csrf } = known;
      const view = visit.may(operation)
        ? await viewOf(() => build(visit))
        : refusalView(visit.principal.role);
      send(req, res, view, { visit, csrf });
    },

    action: (operation, perform, back) => async (req, res) => {
      const known = await visitOf(req, res);
      if (!known) return askToSignIn(req, res);
      const { visit, csrf } = known;
      if (!sessions.isOwnForm(req, visit.form.csrf, 'session'))
        return send(req, res, staleFormView, { visit, csrf });
      if (!visit.may(operation)) return send(req, res, refusalView(visit.principal.role), { visit, csrf });
      try {
        const landing = await perform(visit);
        if (req.get('HX-Request') !== 'true') return res.redirect(303, landing.url);
        if (!landing.view) return void res.set('HX-Redirect', landing.url).end();
        const { notice, url, view } = landing;
        send(req, res, await viewOf(view), { visit, csrf, url, notice: { tone: 'good', text: notice } });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        const refused = { ...visit, problems: error.errors };
        const view = await viewOf(back(refused).view);
        const notice: Notice = { tone: 'bad', text: problemInWords(error) };
        send(req, res, { ...view, status: error.status }, { visit: refused, csrf, notice });
      }
    },

    change: (operation, perform, back) =>
      desk.action(operation, (visit) => changeOnce(deps.store, visit, perform), back),

    csv: (operation, open) => async (req, res) => {
      res.locals.operation = operation;
      const known = await visitOf(req, res);
      if (!known) return askToSignIn(req, res);
      if (!known.visit.may(operation)) return void res.status(403).end();
      const { name, lines } = await open(known.visit);
      res.type('text/csv').attachment(`${name}.csv`);
      await pipeline(Readable.from(lines), res);
    },

    async sendProblem(req, res, view) {
      // What is wrong may be wrong with the session's database, too.
      const known = await visitOf(req, res).catch(() => null);
      const shown = known ?? { visit: null, csrf: sessions.publicCsrf(req, res) };
      send(req, res, view, shown);
    },

    sendPublic(req, res, view, options) {
      send(req, res, view, { visit: null, csrf: sessions.publicCsrf(req, res) }, options);
    },
  };
  return desk;
}

const pathOf = (url: string | undefined): string | undefined => url?.split(/[?#]/)[0];

/** Path and query of the page that htmx asks for. */
function currentUrl(req: Request): string {
  const current = req.get('HX-Current-URL') ?? '';
  return URL.canParse(current) ? new URL(current).pathname + new URL(current).search : req.originalUrl;
}

function askToSignIn(req: Request, res: Response): void {
  const next = req.method === 'GET' ? req.originalUrl : '/';
  const url = next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
  if (req.get('HX-Request') === 'true') return void res.status(401).set('HX-Redirect', url).end();
  res.redirect(303, url);
}
