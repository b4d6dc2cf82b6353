import { randomBytes } from 'node:crypto';
import { appendFileSync, createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { simpleParser, type ParsedMail } from 'mailparser';

/** What the envelope said when a mail came in. */
interface Arrival {
  id: string;
  from: string;
  to: string[];
  receivedAt: string;
}

/** One row of the list. */
export interface MailSummary extends Arrival {
  subject: string;
}

/** A whole mail, read. */
export interface Mail extends MailSummary {
  fromHeader: string;
  text: string;
  html?: string;
  links: string[];
  attachments: { filename: string; contentType: string; size: number }[];
}

export interface MailFilter {
  to?: string;
  subject?: string;
}

export type Mailbox = ReturnType<typeof openMailbox>;

/**
 * A folder of `.eml` files with an index of their envelopes. A mail is written as it comes and parsed only
 * when somebody reads it, so that a load of orders is not slowed down by its mails.
 */
export function openMailbox(folder: string) {
  mkdirSync(folder, { recursive: true });
  const indexFile = path.join(folder, 'index.jsonl');
  const arrivals = readIndex(indexFile).filter((arrival) => existsSync(fileOf(arrival.id)));
  const byId = new Map(arrivals.map((arrival) => [arrival.id, arrival]));
  const subjects = new Map<string, string>();

  function fileOf(id: string): string {
    return path.join(folder, `${id}.eml`);
  }

  async function subjectOf(id: string): Promise<string> {
    const known = subjects.get(id);
    if (known !== undefined) return known;
    const head = headOf(await readFile(fileOf(id)));
    const subject = (await simpleParser(head)).subject ?? '';
    subjects.set(id, subject);
    return subject;
  }

  return {
    async add(from: string, to: string[], content: NodeJS.ReadableStream): Promise<void> {
      const id = createId();
      await pipeline(content, createWriteStream(fileOf(id)));
      const arrival: Arrival = { id, from, to, receivedAt: new Date().toISOString() };
      appendFileSync(indexFile, `${JSON.stringify(arrival)}\n`);
      arrivals.push(arrival);
      byId.set(id, arrival);
    },

    /** Newest first. Both parts of the filter look for a part of the text, whatever its case. */
    async list(filter: MailFilter, limit: number): Promise<MailSummary[]> {
      const found: MailSummary[] = [];
      for (let index = arrivals.length - 1; index >= 0 && found.length < limit; index -= 1) {
        const arrival = arrivals[index]!;
        if (!arrival.to.some((address) => contains(address, filter.to))) continue;
        const subject = await subjectOf(arrival.id);
        if (contains(subject, filter.subject)) found.push({ ...arrival, subject });
      }
      return found;
    },

    count: () => arrivals.length,

    async read(id: string): Promise<Mail | undefined> {
      const arrival = byId.get(id);
      return arrival && describe(arrival, await simpleParser(await readFile(fileOf(id))));
    },

    async readRaw(id: string): Promise<Buffer | undefined> {
      return byId.has(id) ? readFile(fileOf(id)) : undefined;
    },
  };
}

function describe(arrival: Arrival, parsed: ParsedMail): Mail {
  const html = parsed.html || undefined;
  const text = parsed.text ?? '';
  return {
    ...arrival,
    subject: parsed.subject ?? '',
    fromHeader: parsed.from?.text ?? arrival.from,
    text,
    html,
    links: findLinks(html ?? '', text),
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({
      filename: filename ?? 'unnamed',
      contentType,
      size,
    })),
  };
}

function findLinks(html: string, text: string): string[] {
  const fromHtml = [...html.matchAll(/href="([^"]+)"/g)].map((match) => unescapeHtml(match[1]!));
  const fromText = text.match(/https?:\/\/[^\s<>"')\]]+/g) ?? [];
  return [...new Set([...fromHtml, ...fromText])].filter((link) => /^https?:/.test(link));
}

function unescapeHtml(value: string): string {
  return value
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#61;', '=')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function headOf(content: Buffer): Buffer {
  const end = content.indexOf('\r\n\r\n');
  return end < 0 ? content : content.subarray(0, end + 4);
}

function contains(text: string, part: string | undefined): boolean {
  return !part || text.toLowerCase().includes(part.toLowerCase());
}

/** Sorts by arrival, and says nothing that could be guessed into a path. */
function createId(): string {
  return `${Date.now().toString(36)}-${randomBytes(5).toString('hex')}`;
}

function readIndex(file: string): Arrival[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Arrival];
    } catch {
      return []; // a line cut short by a kill
    }
  });
}
