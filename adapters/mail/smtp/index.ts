import { createHash } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { singleLine } from '../../../domain/single-line';
import type { MailSender, RenderedMail } from '../../../ports/mail';

/**
 * Sends mails over pooled SMTP connections. A mail that the server does not accept, or not within half a
 * minute, throws; sending it again under the same key gives it the same Message-ID.
 *
 * @param options.url `smtp://user:password@host:587`, `smtps://…`
 * @param options.from `Shop <orders@shop.example>`
 */
export function createSmtpSender(options: { url: string; from: string }): MailSender {
  const transport = createTransport(transportSettings(options.url));
  const underWay = new Set<Promise<unknown>>();
  return {
    async send(mail) {
      const sent = transport.sendMail({
        from:
          mail.fromName === undefined
            ? options.from
            : { name: mail.fromName, address: addressOf(options.from) },
        ...(mail.replyTo !== undefined && { replyTo: { name: '', address: mail.replyTo } }),
        // As a whole address, not as a list: a comma in it must not make two recipients.
        to: { name: '', address: mail.to },
        subject: singleLine(mail.subject, 300),
        html: mail.html,
        text: mail.text,
        messageId: messageIdOf(mail.key),
        attachments: mail.attachments?.map(({ name, mediaType, body }) => ({
          filename: singleLine(name, 200),
          contentType: mediaType,
          content: body,
        })),
        headers: headersOf(mail),
      });
      underWay.add(sent);
      try {
        await sent;
      } finally {
        underWay.delete(sent);
      }
    },
    async close() {
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
}

/** Out-of-office programs do not answer what says so; mail programs offer to end what says where. */
const headersOf = ({ unsubscribeUrl }: RenderedMail): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  ...(unsubscribeUrl !== undefined && {
    'List-Unsubscribe': `<${unsubscribeUrl}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }),
});

/** `Shop <orders@shop.example>` → `orders@shop.example`: whoever a mail is from, it leaves by our own address. */
const addressOf = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;

/** Stable for a key, and telling nothing of it: keys carry order numbers. */
function messageIdOf(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex');
  return `<${digest.slice(0, 40)}@ordito.local>`;
}

function transportSettings(url: string) {
  return {
    url,
    pool: true,
    maxConnections: 4,
    maxMessages: 500,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Templates never name files or addresses to fetch, so a text that looks like one must not be followed.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
