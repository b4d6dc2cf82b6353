import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { openMailbox, type Mailbox } from './mailbox';
import { renderList, renderMail, renderNotFound } from './pages';

export interface MailCatcher {
  smtpUrl: string;
  pageUrl: string;
  stop(): Promise<void>;
}

interface Answer {
  status?: number;
  type: string;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const LIST_LIMIT = 200;
const LARGEST_MAIL_BYTES = 20_000_000;
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'; form-action 'self'";
// A mail may show its own pictures and styles, and nothing else: no script, no call to anywhere.
const MAIL_POLICY = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Takes every mail it is handed, whoever it is for, and shows it on a page. Ports of 0 are picked by the
 * system. Listens on this machine alone unless told another address.
 */
export async function startMailCatcher(options: {
  folder: string;
  host?: string;
  smtpPort: number;
  pagePort: number;
}): Promise<MailCatcher> {
  const mailbox = openMailbox(options.folder);
  const smtp = createSmtp(mailbox);
  const page = createServer((request, response) => void respond(mailbox, request, response));
  const host = options.host ?? '127.0.0.1';
  const smtpPort = await listen(smtp.server as unknown as Server, options.smtpPort, host);
  const pagePort = await listen(page, options.pagePort, host);
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    pageUrl: `http://127.0.0.1:${pagePort}`,
    async stop() {
      await Promise.all([close(page), new Promise<void>((resolve) => smtp.close(resolve))]);
    },
  };
}

function createSmtp(mailbox: Mailbox): SMTPServer {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    size: LARGEST_MAIL_BYTES,
    onData(content, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo.map((recipient) => recipient.address);
      mailbox.add(mailFrom ? mailFrom.address : '', to, content).then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  // A client that hangs up in the middle of a mail must not end the catcher.
  server.on('error', (error) => console.error(error.message));
  return server;
}

async function respond(mailbox: Mailbox, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let answer: Answer;
  try {
    answer = await route(mailbox, request);
  } catch (error) {
    console.error(error);
    answer = { status: 500, type: 'text/plain', body: 'The mail could not be read.' };
  }
  response.writeHead(answer.status ?? 200, {
    'content-type': `${answer.type}; charset=utf-8`,
    'content-security-policy': PAGE_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...answer.headers,
  });
  response.end(answer.body);
}

async function route(mailbox: Mailbox, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET') return { status: 405, type: 'text/plain', body: 'Only GET is understood.' };
  const isApi = url.pathname === '/api/mails';
  if (isApi || url.pathname === '/') return listMails(mailbox, url.searchParams, isApi);
  const [, id = '', view] = /^(?:\/api)?\/mails\/([a-z0-9-]+)(?:\/(html|raw))?$/.exec(url.pathname) ?? [];
  if (view === 'raw') return rawMail(await mailbox.readRaw(id), id);
  const mail = await mailbox.read(id);
  if (url.pathname.startsWith('/api/'))
    return mail ? asJson(mail) : { ...asJson({ title: 'There is no such mail.' }), status: 404 };
  if (!mail) return { status: 404, type: 'text/html', body: renderNotFound() };
  if (view === 'html') return mailBody(mail.html ?? '');
  return { type: 'text/html', body: renderMail(mail) };
}

async function listMails(mailbox: Mailbox, query: URLSearchParams, asApi: boolean): Promise<Answer> {
  const filter = { to: query.get('to') ?? undefined, subject: query.get('subject') ?? undefined };
  const limit = Number(query.get('limit')) || LIST_LIMIT;
  const mails = await mailbox.list(filter, limit);
  if (asApi) return asJson({ items: mails });
  return { type: 'text/html', body: renderList(mails, filter, mailbox.count()) };
}

function rawMail(content: Buffer | undefined, id: string): Answer {
  if (!content) return { status: 404, type: 'text/html', body: renderNotFound() };
  const disposition = { 'content-disposition': `attachment; filename="${id}.eml"` };
  return { type: 'message/rfc822', body: content, headers: disposition };
}

function mailBody(html: string): Answer {
  const body = `<base target="_blank">${html}`;
  return { type: 'text/html', body, headers: { 'content-security-policy': MAIL_POLICY } };
}

function asJson(value: unknown): Answer {
  return { type: 'application/json', body: JSON.stringify(value) };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
