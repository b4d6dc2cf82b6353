import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { createSmtpSender } from '../../adapters/mail/smtp';
import type { MailSender, RenderedMail } from '../../ports/mail';

interface Received {
  recipients: string[];
  mail: ParsedMail;
}

let server: SMTPServer;
let sender: MailSender;
let received: Received[];
let connections: number;
/** What the server does with a mail, so that a test can make it refuse or wait. */
let onMail: () => Promise<void>;

beforeEach(async () => {
  received = [];
  connections = 0;
  onMail = async () => {};
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      simpleParser(stream)
        .then(async (mail) => {
          await onMail();
          received.push({ recipients, mail });
        })
        .then(() => done(), done);
    },
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
  });
  sender = createSmtpSender({
    url: `smtp://127.0.0.1:${port}`,
    from: 'Filo & Trama <orders@shop.example.test>',
  });
});

afterEach(async () => {
  await sender.close();
  await new Promise<void>((resolve) => server.close(resolve));
});

const mail = (change: Partial<RenderedMail> = {}): RenderedMail => ({
  key: 'ord_1:confirmed',
  to: 'lucja@example.test',
  subject: 'Il tuo ordine è confermato',
  html: '<p>Grazie, Łucja Žižková! Totale 120,22 €</p>',
  text: 'Grazie, Łucja Žižková! Totale 120,22 €\n',
  ...change,
});

it('delivers both versions of a mail, letter by letter', async () => {
  await sender.send(mail());
  expect(received).toHaveLength(1);
  const { recipients, mail: arrived } = received[0]!;
  expect(recipients).toEqual(['lucja@example.test']);
  expect(arrived.subject).toBe('Il tuo ordine è confermato');
  expect(arrived.from?.text).toBe('"Filo & Trama" <orders@shop.example.test>');
  expect(arrived.text).toContain('Grazie, Łucja Žižková! Totale 120,22 €');
  expect(arrived.html).toContain('<p>Grazie, Łucja Žižková! Totale 120,22 €</p>');
  expect(arrived.headers.get('auto-submitted')).toBe('auto-generated');
});

it('gives the same mail the same Message-ID each time, and another mail another', async () => {
  await sender.send(mail());
  await sender.send(mail());
  await sender.send(mail({ key: 'ord_2:confirmed' }));
  const [first, second, third] = received.map((entry) => entry.mail.messageId);
  expect(first).toMatch(/^<[0-9a-f]{40}@ordito\.local>$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

it('keeps its connections for the next mails', async () => {
  for (let count = 0; count < 5; count++) await sender.send(mail({ key: `ord_${count}` }));
  expect(received).toHaveLength(5);
  expect(connections).toBe(1);
});

it('lets no subject add a header, and no address a recipient', async () => {
  await sender.send(mail({ subject: 'Hello\r\nBcc: thief@example.test\r\nX-Evil: yes' }));
  const { recipients, mail: arrived } = received[0]!;
  expect(recipients).toEqual(['lucja@example.test']);
  expect(arrived.subject).toBe('Hello Bcc: thief@example.test X-Evil: yes');
  expect(arrived.headers.has('x-evil')).toBe(false);
  await sender.send(mail({ to: 'lucja@example.test, thief@example.test' })).catch(() => {});
  expect(received.flatMap((entry) => entry.recipients)).not.toContain('thief@example.test');
});

it('throws when the server refuses, and sends the next mail all the same', async () => {
  onMail = async () => {
    throw Object.assign(new Error('mailbox full'), { responseCode: 452 });
  };
  await expect(sender.send(mail())).rejects.toThrow('mailbox full');
  onMail = async () => {};
  await sender.send(mail());
  expect(received).toHaveLength(1);
});

it('throws when nobody listens', async () => {
  await new Promise<void>((resolve) => server.close(resolve));
  await expect(sender.send(mail())).rejects.toThrow(/ECONNREFUSED|connect/i);
});

it('finishes what is under way before it closes', async () => {
  let arrive!: () => void;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  onMail = async () => {
    arrive();
    await held;
  };
  const sending = sender.send(mail());
  await arrived;
  const closing = sender.close();
  release();
  await Promise.all([sending, closing]);
  expect(received).toHaveLength(1);
});

it('says where one click ends what it was sent for, and nothing of it where there is no such place', async () => {
  const unsubscribeUrl = 'https://shop.example.test/a/ale_1.signature';
  await sender.send(mail({ unsubscribeUrl }));
  await sender.send(mail());
  const [told, plain] = received.map(({ mail: { headerLines } }) =>
    headerLines.filter(({ key }) => key.startsWith('list-')).map(({ line }) => line),
  );
  expect(told).toEqual([
    `List-Unsubscribe: <${unsubscribeUrl}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  ]);
  expect(plain).toEqual([]);
});
