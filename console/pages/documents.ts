import type { RequestHandler, Response } from 'express';
import type { Principal } from '../../api/authenticate';
import { mayDo } from '../../api/access';
import type { DocumentFormat } from '../../domain/documents';
import { Problem } from '../../api/problem';
import type { ConsoleDependencies } from '../dependencies';
import { problemView, type Desk } from '../desk';
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
      await sendDocument(deps, res, linkHolder, id, formatOf(req.query.format));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      desk.sendPublic(req, res, unknownLink);
    }
  };

/** A document for somebody who is signed in. */
export const staffDocument =
  (deps: ConsoleDependencies, desk: Desk, sessions: Sessions): RequestHandler =>
  async (req, res) => {
    const visitor = await sessions.visitor(req, res);
    if (!visitor) return res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
    const { principal } = visitor;
    try {
      if (!mayDo(principal.role, 'readDocument'))
        return await desk.sendProblem(
          req,
          res,
          problemView('Not for this role', 'Sign in with another key.', 403),
        );
      await sendDocument(deps, res, principal, String(req.params.id), formatOf(req.query.format));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await desk.sendProblem(req, res, problemView('No such document', error.message, error.status));
    }
  };

const formatOf = (value: unknown): DocumentFormat => (value === 'zpl' ? 'zpl' : 'pdf');

async function sendDocument(
  { services }: ConsoleDependencies,
  res: Response,
  principal: Principal,
  id: string,
  format: DocumentFormat,
): Promise<void> {
  const { mediaType, name, body } = await services.documents.render(principal, id, format);
  res
    .type(mediaType)
    .set({ 'Content-Disposition': `inline; filename="${name}"`, 'Cache-Control': 'private, no-cache' });
  res.send(body);
}
