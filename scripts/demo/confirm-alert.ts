import { setTimeout as sleep } from 'node:timers/promises';

interface CaughtMail {
  id: string;
  links: string[];
}

/** As long as a mail may be under way. */
const patienceMs = 90_000;

/**
 * A shopper reads the mail that asks whether an alert is theirs, opens its link and presses the button there.
 * `mailUrl` is the page of the mail catcher.
 */
export async function confirmAlert(mailUrl: string, email: string, alertId: string): Promise<void> {
  const link = await findLink(mailUrl, email, alertId);
  const page = await fetch(link);
  const csrf = /name="csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const cookie = page.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  const answer = await fetch(`${link}/confirm`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie },
    body: new URLSearchParams({ csrf }),
  });
  if (answer.status !== 303) throw new Error(`${link} could not be confirmed: ${answer.status}`);
}

async function findLink(mailUrl: string, email: string, alertId: string): Promise<string> {
  const base = mailUrl.replace(/\/$/, '');
  const query = new URLSearchParams({ to: email });
  const read = new Set<string>();
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(200)) {
    const { items } = await readJson<{ items: { id: string }[] }>(`${base}/api/mails?${query}`);
    for (const { id } of items.filter((mail) => !read.has(mail.id))) {
      read.add(id);
      const { links } = await readJson<CaughtMail>(`${base}/api/mails/${id}`);
      const link = links.find((each) => each.includes(`/a/${alertId}.`));
      if (link !== undefined) return link;
    }
  }
  throw new Error(`Waited in vain for the mail to ${email} about the alert ${alertId}`);
}

const readJson = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
