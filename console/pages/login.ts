import type { Request, Response, Router } from 'express';
import { mayDo, rolesOf } from '../../api/access';
import { Problem } from '../../api/problem';
import type { Role } from '../../domain/access';
import type { ConsoleDependencies } from '../dependencies';
import type { Desk } from '../desk';
import { homeOf } from '../navigation';
import type { Sessions } from '../sessions';

const whatTheyDo: Partial<Record<Role, string>> = {
  admin: 'Everything',
  support: 'Finds orders, holds, cancels, starts returns',
  warehouse: 'Picks, packs, ships, takes returns in',
  store: 'Sells, orders goods, hands over and takes in',
  channel: 'Sees its orders, cancels, starts returns',
};

/** Signing in by an API key or, in development, as a demo user; and signing out. */
export function loginPages(
  router: Router,
  { settings }: ConsoleDependencies,
  desk: Desk,
  sessions: Sessions,
): void {
  const demoKeys = settings.environment === 'development' ? (settings.demoKeys ?? {}) : {};
  const demoRoles = (
    ['support', 'store', 'warehouse', 'channel', 'admin', 'carrier'] satisfies Role[]
  ).filter((role) => demoKeys[role] !== undefined && canSeePages(role));

  const show = (req: Request, res: Response, problem?: string, status = problem === undefined ? 200 : 401) =>
    desk.sendPublic(req, res, {
      template: 'login',
      title: 'Sign in',
      status,
      data: {
        problem,
        next: localPath(req.query.next ?? req.body?.next),
        demoRoles: demoRoles.map((role) => ({ role, does: whatTheyDo[role] })),
      },
    });

  /** Whoever tries too many keys is told when to go on. */
  const signInOr = async (req: Request, res: Response, key: string) => {
    try {
      return await sessions.signIn(req, res, key);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 429) throw error;
      show(req, res.set(error.headers), `${error.message}.`, 429);
      return 'answered';
    }
  };

  const signIn = async (req: Request, res: Response, key: string | undefined) => {
    if (!sessions.isOwnForm(req, req.body?.csrf, 'browser'))
      return show(req, res, 'This form was out of date. Please try again.');
    const principal = key ? await signInOr(req, res, key) : null;
    if (principal === 'answered') return;
    if (!principal) return show(req, res, 'This key is not known, or it was revoked.');
    const next = localPath(req.body?.next);
    res.redirect(303, next === '/' ? homeOf((operation) => mayDo(principal.role, operation)) : next);
  };

  router.get('/login', (req, res) => show(req, res));
  router.post('/login', (req, res) => signIn(req, res, textOf(req.body?.key)));
  router.post('/login/demo', (req, res) => {
    const role = textOf(req.body?.role);
    return signIn(req, res, Object.hasOwn(demoKeys, role) ? demoKeys[role] : undefined);
  });
  router.post('/logout', (req, res) => {
    if (sessions.isOwnForm(req, req.body?.csrf, 'session')) sessions.signOut(res);
    res.redirect(303, '/login');
  });
}

const canSeePages = (role: Role): boolean =>
  role === 'admin' || rolesOf('listOrders').includes(role) || rolesOf('listFulfillments').includes(role);

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A path of ours and nothing else: a sign-in must not send people elsewhere. */
function localPath(value: unknown): string {
  const text = textOf(value);
  return /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : '/';
}
