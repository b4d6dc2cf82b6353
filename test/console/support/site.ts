import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../../domain/access';
import { openBrowser } from '../../support/browser';
import { openShop, type Shop } from '../../support/shop';
import { startSystem, type TestSystem } from '../../support/system';

/** The whole system with a small shop in it, and people who look at it with a browser. */
export interface Site {
  system: TestSystem;
  shop: Shop;
  /** A page of somebody who has not signed in. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** A page of somebody who signed in with the key of a role, or with one of their own. */
  signIn(who: Role | { key: string }, options?: BrowserContextOptions): Promise<Page>;
  /** Ends it all; throws when a page logged an error meanwhile. */
  close(): Promise<void>;
}

export const phone = { viewport: { width: 375, height: 812 } };

export async function openSite(): Promise<Site> {
  const [system, browser] = await Promise.all([startSystem(), openBrowser()]);
  const complaints: string[] = [];
  const open = (options: BrowserContextOptions = {}) => openPage(browser, system, options, complaints);
  return {
    system,
    shop: await openShop(system),
    open,

    async signIn(who, options) {
      const page = await open(options);
      await page.goto('/');
      await page.getByLabel('API key').fill(typeof who === 'string' ? system.keys[who] : who.key);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      return page;
    },

    async close() {
      await browser.close();
      await system.stop();
      // What a page logs as an error (a refused script or style, a broken fetch) is a fault of the page.
      expect(complaints).toEqual([]);
    },
  };
}

/** Everybody has a browser of their own: no cookies are shared. */
async function openPage(
  browser: Browser,
  system: TestSystem,
  options: BrowserContextOptions,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({ baseURL: system.apiUrl, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('console', (message) => {
    // The browser itself notes every refusal, of which some are asked for here, and what it leaves unfinished.
    const isOrdinary = /Failed to load resource.* status of 4\d\d|Failed to fetch/.test(message.text());
    if (message.type() === 'error' && !isOrdinary) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return page;
}
