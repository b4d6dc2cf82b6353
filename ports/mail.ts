/** Sends one rendered mail. Throws when the server cannot be reached; the outbox tries again. */
export interface MailSender {
  send(mail: RenderedMail): Promise<void>;
  close(): Promise<void>;
}

export interface RenderedMail {
  /** Becomes the Message-ID, so that a mail sent twice can be recognised as one. */
  key: string;
  to: string;
  /** In whose name it is sent; the shop's own when left out. */
  fromName?: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** Where a POST ends what it was sent for (RFC 8058). */
  unsubscribeUrl?: string;
  attachments?: { name: string; mediaType: string; body: Buffer }[];
}
