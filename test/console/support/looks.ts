import type { Page } from 'playwright-core';
import { findFaults } from './find-faults';

/** Nothing reaches over the edge of the window; what does is named. */
export async function expectFit(page: Page): Promise<void> {
  const found = await page.evaluate<{ fits: boolean; wide: string[] }>(`(() => {
    const fits = document.documentElement.scrollWidth <= window.innerWidth;
    const isWide = (each) => each.getBoundingClientRect().right > window.innerWidth;
    const wide = fits ? [] : [...document.querySelectorAll('body *')].filter(isWide);
    return { fits, wide: wide.map((each) => each.outerHTML.slice(0, 160)) };
  })()`);
  expect(found).toEqual({ fits: true, wide: [] });
}

/** All that can be tapped is high enough for a thumb; what is too small is named. */
export async function expectTouchable(page: Page): Promise<void> {
  const small = await page.evaluate<string[]>(`(() => {
    const fields = 'input:not([type="hidden"]), select, textarea';
    const all = [...document.querySelectorAll('main a, main button, main summary, main :is(' + fields + ')')];
    // Who taps the words of a choice taps the choice.
    const areaOf = (each) => (each.closest('label.option, .option label') ?? each).getBoundingClientRect();
    const isSmall = (each) => each.checkVisibility() && areaOf(each).height < 44;
    return all.filter(isSmall).map((each) => each.outerHTML.slice(0, 160));
  })()`);
  expect(small).toEqual([]);
}

/** A page is accessible in light and dark, with everything unfolded, and fits a phone. */
export async function expectSound(page: Page, path: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(path);
  await page.evaluate(
    `for (const each of document.querySelectorAll('main details:not(.act)')) each.open = true`,
  );
  const light = await findFaults(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await findFaults(page, 'color-contrast');
  await page.setViewportSize({ width: 375, height: 812 });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect({ path, light, dark, width }).toEqual({ path, light: [], dark: [], width: 375 });
}
