import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { startMailCatcher, type MailCatcher } from '../../runtime/dev/mail-catcher/catcher';
import type { Mail, MailSummary } from '../../runtime/dev/mail-catcher/mailbox';
import { openBrowser } from '../support/browser';

describe('the mail catcher', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mail-catcher-'));
  let catcher: MailCatcher;

  beforeAll(async () => {
    catcher = await startMailCatcher({ folder, smtpPort: 0, pagePort: 0 });
    const transport = createTransport(catcher.smtpUrl);
    await transport.sendMail({
      from: 'Shop <shop@example.org>',
      to: ['Zoë <zoe@example.org>', 'copy@example.org'],
      subject: 'Größe 38 für Łódź: <b>bestellt</b>',
      text: 'See http://shop.example.org/o/1?key=a&lang=de',
      html:
        '<h1>Danke, Zoë</h1><img src="http://tracker.example.org/x.png">' +
        '<script>document.title = "scripted"</script>' +
        '<a href="http://shop.example.org/o/1?key=a&amp;lang=de">Bestellung</a>',
      attachments: [{ filename: 'confirmation.pdf', content: Buffer.from('%PDF') }],
    });
    await transport.sendMail({
      from: 'shop@example.org',
      to: 'bob@example.org',
      subject: 'Order 2 shipped',
      text: 'Hi',
    });
    transport.close();
  });

  afterAll(async () => {
    await catcher.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function list(query: Record<string, string>): Promise<MailSummary[]> {
    const answer = await fetch(`${catcher.pageUrl}/api/mails?${new URLSearchParams(query)}`);
    return ((await answer.json()) as { items: MailSummary[] }).items;
  }

  it('lists mails newest first and finds them by recipient and subject', async () => {
    expect((await list({})).map((mail) => mail.subject)).toEqual([
      'Order 2 shipped',
      'Größe 38 für Łódź: <b>bestellt</b>',
    ]);
    expect(await list({ to: 'COPY@example' })).toHaveLength(1);
    expect(await list({ subject: 'łódź' })).toMatchObject([{ to: ['zoe@example.org', 'copy@example.org'] }]);
    expect(await list({ to: 'bob', subject: 'Größe' })).toEqual([]);
  });

  it('gives a whole mail with its links and attachments', async () => {
    const [summary] = await list({ to: 'zoe' });
    const answer = await fetch(`${catcher.pageUrl}/api/mails/${summary!.id}`);
    const mail = (await answer.json()) as Mail;
    expect(mail.links).toEqual(['http://shop.example.org/o/1?key=a&lang=de']);
    expect(mail.text).toContain('See http://shop.example.org');
    expect(mail.attachments).toMatchObject([
      { filename: 'confirmation.pdf', contentType: 'application/pdf' },
    ]);
    expect((await fetch(`${catcher.pageUrl}/api/mails/nothing-here`)).status).toBe(404);
  });

  it('shows a mail in a browser without letting it run scripts or call home', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const calls: string[] = [];
      page.on('requestfinished', (request) => calls.push(request.url()));
      await page.goto(catcher.pageUrl);
      await page.getByRole('link', { name: /Größe 38/ }).click();
      await page.frameLocator('iframe').getByRole('heading', { name: 'Danke, Zoë' }).waitFor();
      expect(await page.title()).toContain('Größe 38 für Łódź: <b>bestellt</b>');
      expect(await page.getByText('zoe@example.org, copy@example.org').count()).toBe(1);
      expect(calls.every((url) => url.startsWith(catcher.pageUrl) || url.startsWith('data:'))).toBe(true);
    } finally {
      await browser.close();
    }
  });

  it('keeps its mails over a restart', async () => {
    await catcher.stop();
    catcher = await startMailCatcher({ folder, smtpPort: 0, pagePort: 0 });
    expect(await list({})).toHaveLength(2);
  });
});
