import { randomBytes } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';
import { ownLocationOf } from '../api/access';
import { createAuthenticate, type Principal } from '../api/authenticate';
import { Problem } from '../api/problem';
import { readCookie } from './cookies';
import type { ConsoleDependencies } from './dependencies';
import { createSeal } from './seal';

const sessionCookie = 'ordito_session';
const visitCookie = 'ordito_visit';
const lastsMs = 12 * 3_600_000;

/** Somebody who is signed in. */
export interface Visitor {
  principal: Principal;
  /** Token that this session's forms carry. */
  csrf: string;
}

interface SessionContent {
  key: string;
  nonce: string;
  /** Milliseconds since the epoch. */
  until: number;
}

/**
 * Who looks at a page. The cookie holds the API key that was given at sign-in, sealed: it is asked about with
 * every request through the API's own authenticator, so that a revoked key ends its sessions and a session can
 * do what its key can do and nothing else.
 */
export function createSessions({ store, settings, limits, now }: ConsoleDependencies) {
  const seal = createSeal(settings.secret);
  const authenticate = createAuthenticate(store.findKey, settings.secret, limits, () => now().getTime());
  const cookie: CookieOptions = {
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.environment !== 'development',
    path: '/',
  };
  const csrfOf = (nonce: string) => seal.sign(`csrf ${nonce}`);

  async function principalOf(key: string, address?: string): Promise<Principal | null> {
    try {
      const principal = await authenticate(`Bearer ${key}`, address);
      // The pages show the work of all locations: a supplier's key is for programs. A store's people see other stores.
      return principal.role === 'store' || ownLocationOf(principal) === null ? principal : null;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }
  }

  function open(req: Request): SessionContent | null {
    const text = seal.open(readCookie(req, sessionCookie) ?? '');
    const content = text === null ? null : (JSON.parse(text) as SessionContent);
    return content && content.until > now().getTime() ? content : null;
  }

  function begin(res: Response, key: string): void {
    const content = { key, nonce: randomBytes(16).toString('base64url'), until: now().getTime() + lastsMs };
    res.cookie(sessionCookie, seal.close(JSON.stringify(content)), { ...cookie, maxAge: lastsMs });
  }

  /** Ties the forms of people who are not signed in to their browser. */
  function visitOf(req: Request, res: Response): string {
    const known = readCookie(req, visitCookie);
    if (known !== undefined && /^[\w-]{22}$/.test(known)) return known;
    const fresh = randomBytes(16).toString('base64url');
    res.cookie(visitCookie, fresh, cookie);
    return fresh;
  }

  return {
    /** Who is signed in, without touching the answer. */
    async whoIs(req: Request): Promise<Principal | null> {
      const session = open(req);
      return session && principalOf(session.key);
    },

    async visitor(req: Request, res: Response): Promise<Visitor | null> {
      const session = open(req);
      const principal = session && (await principalOf(session.key));
      if (!session || !principal) return null;
      const left = session.until - now().getTime();
      if (left < lastsMs / 2)
        res.cookie(
          sessionCookie,
          seal.close(JSON.stringify({ ...session, until: now().getTime() + lastsMs })),
          { ...cookie, maxAge: lastsMs },
        );
      return { principal, csrf: csrfOf(session.nonce) };
    },

    /** Signs in by an API key; null when there is no such key. Throws 429 for an address that has tried too many. */
    async signIn(req: Request, res: Response, key: string): Promise<Principal | null> {
      const principal = await principalOf(key, req.ip);
      if (principal) begin(res, key);
      return principal;
    },

    signOut(res: Response): void {
      res.clearCookie(sessionCookie, cookie);
    },

    /** Token for the forms of a page that anybody may see. */
    publicCsrf: (req: Request, res: Response): string => csrfOf(visitOf(req, res)),

    /** A form of ours, sent by the session, or for public pages by the browser, that it was made for. */
    isOwnForm(req: Request, token: unknown, of: 'session' | 'browser'): boolean {
      if (typeof token !== 'string' || isFromElsewhere(req)) return false;
      const nonce = of === 'session' ? open(req)?.nonce : readCookie(req, visitCookie);
      return nonce !== undefined && seal.isSignatureOf(`csrf ${nonce}`, token);
    },
  };
}

export type Sessions = ReturnType<typeof createSessions>;

/** What the browser itself says about where a form came from; old browsers say nothing. */
function isFromElsewhere(req: Request): boolean {
  const site = req.get('Sec-Fetch-Site');
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
