import { createLinks } from '../../runtime/links';
import { piecePrice, shippingPrice, type OrderView, type Shop } from '../support/shop';
import { findFaults } from './support/find-faults';
import { expectFit } from './support/looks';
import { openSite, phone, type Site } from './support/site';

jest.setTimeout(180_000);

let site: Site;
let shop: Shop;

beforeAll(async () => {
  site = await openSite();
  ({ shop } = site);
  await shop.as.admin.put('/v1/channels/web', {
    ...{ type: 'webshop', name: 'Test shop' },
    settings: { brand: { sellerName: 'Filo & Trama S.r.l.', logoText: 'Filo & Trama', colour: '#7a1f3d' } },
  });
  await shop.stock('FILO', { north: 9 });
});
afterAll(() => site?.close());

const euros = (amount: number): string => `€${(amount / 100).toFixed(2)}`;

it('support makes an order dearer that a transfer paid; the customer reads what to pay, and takes it back', async () => {
  const { id } = await shop.place({
    ...{ reference: 'edits-awaited-page', lines: [{ sku: 'FILO', quantity: 1 }], locale: 'it' },
    ...{ tenders: [{ method: 'bankTransfer' }], preference: { split: 'never', shipComplete: true } },
  });
  await shop.as.support.post(`/v1/orders/${id}/payments`, {
    amount: { amount: piecePrice + shippingPrice, currency: 'EUR' },
    reference: 'BANK-page',
  });
  await shop.untilOrder(id, ({ fulfillments }) => fulfillments[0]?.releasedAt !== null);
  const page = await site.signIn('support', phone);
  await page.goto(`/orders/${id}`);
  await page.getByText('from one location alone, nothing leaves before all of it can').waitFor();
  await page.getByRole('link', { name: 'Change…' }).click();
  await page.getByLabel(/^Product FILO/).fill('2');
  await page.getByRole('button', { name: 'See what it would do' }).click();
  await page.getByText(`${euros(piecePrice)} more is awaited by bank transfer`).waitFor();
  await page.getByRole('button', { name: 'Change the order' }).click();
  await page.getByText('The change waits for its money').first().waitFor();
  await page.getByText("the customer's bank transfer for a change of the order").waitFor();
  await expectFit(page);
  await page.context().close();

  const links = createLinks(site.system.apiUrl, site.system.config.secret);
  const mine = await site.open(phone);
  const { awaitedEdit } = (await shop.order(id)) as OrderView;
  await mine.goto(new URL(links.orderPage(id)).href);
  await mine.getByText('Filo & Trama', { exact: true }).waitFor();
  expect(await mine.title()).toContain('Filo & Trama S.r.l.');
  await mine.getByText('Il tuo ordine attende il pagamento della tua modifica.').waitFor();
  const section = mine.locator('#awaited-change');
  await section.getByText(awaitedEdit.transferReference).waitFor();
  await section.getByText('La tua modifica attende il pagamento').waitFor();
  await expectFit(mine);
  expect(await findFaults(mine)).toEqual([]);
  await section.getByRole('button', { name: 'Ritira la modifica' }).click();
  await section.waitFor({ state: 'detached' });
  expect(await shop.order(id)).toMatchObject({ version: 1, awaitedEdit: null, status: 'confirmed' });
  await mine.context().close();
});
