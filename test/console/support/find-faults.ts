import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What axe finds, in short. */
export async function findFaults(page: Page, ...rules: string[]): Promise<string[]> {
  // No frames here: the legacy mode looks at the page itself alone, and is much quicker.
  const axe = new AxeBuilder({ page: page as never }).setLegacyMode(true);
  const { violations } = await (rules.length > 0 ? axe.withRules(rules) : axe).analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
