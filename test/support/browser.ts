import { chromium, type Browser } from 'playwright-core';
import { findChromium, type Chromium } from './chromium';

/** Starts a browser without a window. Close it when done. */
export async function openBrowser(found?: Chromium): Promise<Browser> {
  const { executablePath, env } = found ?? (await findChromium());
  return chromium.launch({
    executablePath,
    env: { ...(process.env as Record<string, string>), ...env },
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-webgl'],
  });
}
