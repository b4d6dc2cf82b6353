import type { Request, RequestHandler, Response } from 'express';
import type { Principal } from '../../api/authenticate';
import { mayDo, type OperationId } from '../../api/access';
import type { DocumentFormat } from '../../domain/documents';
import { Problem } from '../../api/problem';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { problemView } from '../problem-views';
import type { Sessions } from '../sessions';

/** Somebody who holds a signed link: it opens what it names, and says nothing about who holds it. */
export const linkHolder: Principal = { id: 'link', role: 'channel', name: 'customer', boundTo: null };

const unknownLink = problemView(
  'This link does not work',
  'It may be incomplete: open it once more from the mail that it came with.',
  404,
);

/** A document behind a signed link, as mails carry it. */
export const signedDocument =
  (deps: ConsoleDependencies, desk: Desk): RequestHandler =>
  async (req, res) => {
    const id = deps.links.verify('d', String(req.params.token));
    try {
      if (id === null) return desk.sendPublic(req, res, unknownLink);
      sendFile(res, await deps.services.documents.render(linkHolder, id, formatOf(req.query.format)));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      desk.sendPublic(req, res, unknownLink);
    }
  };

/** A document for somebody who is signed in. */
export const staffDocument = (deps: ConsoleDependencies, desk: Desk, sessions: Sessions): RequestHandler =>
  staffFile(desk, sessions, 'readDocument', (principal, req) =>
    deps.services.documents.render(principal, String(req.params.id), formatOf(req.query.format)),
  );

/** A purchase order as its supplier gets it. */
export const purchaseDocument = (deps: ConsoleDependencies, desk: Desk, sessions: Sessions): RequestHandler =>
  staffFile(desk, sessions, 'readPurchaseOrderDocument', (_principal, req) =>
    deps.services.purchaseOrders.document(String(req.params.id), req.query.format === 'csv' ? 'csv' : 'pdf'),
  );

const staffFile =
  (
    desk: Desk,
    sessions: Sessions,
    operation: OperationId,
    read: (principal: Principal, req: Request) => Promise<File>,
  ): RequestHandler =>
  async (req, res) => {
    const visitor = await sessions.visitor(req, res);
    if (!visitor) return res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
    const { principal } = visitor;
    try {
      if (!mayDo(principal.role, operation))
        return await desk.sendProblem(
          req,
          res,
          problemView('Not for this role', 'Sign in with another key.', 403),
        );
      sendFile(res, await read(principal, req));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await desk.sendProblem(req, res, problemView('No such document', error.message, error.status));
    }
  };

const formatOf = (value: unknown): DocumentFormat => (value === 'zpl' ? 'zpl' : 'pdf');

interface File {
  mediaType: string;
  name: string;
  body: Buffer;
}

function sendFile(res: Response, { mediaType, name, body }: File): void {
  res
    .type(mediaType)
    .set({ 'Content-Disposition': `inline; filename="${name}"`, 'Cache-Control': 'private, no-cache' });
  res.send(body);
}
