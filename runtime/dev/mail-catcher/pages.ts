import type { Mail, MailFilter, MailSummary } from './mailbox';

const STYLE = `
:root { color-scheme: light dark; --ink:#1d2430; --soft:#667085; --line:#e4e7ec; --paper:#fff; --back:#f6f7f9; --accent:#7a3e1d; }
@media (prefers-color-scheme: dark) { :root { --ink:#e6e9ef; --soft:#98a2b3; --line:#2c3442; --paper:#171c25; --back:#0f131a; --accent:#e5a67c; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--back); color:var(--ink); font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif; }
header, main { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { display:flex; flex-wrap:wrap; align-items:baseline; gap:.25rem 1rem; padding-top:1.5rem; }
h1 { font-size:1.4rem; margin:0; } h1 a { color:inherit; text-decoration:none; }
.soft { color:var(--soft); font-size:.9rem; }
form { display:flex; flex-wrap:wrap; gap:.5rem; margin:1rem 0; }
input { flex:1 1 12rem; padding:.55rem .7rem; border:1px solid var(--line); border-radius:.5rem; background:var(--paper); color:inherit; font:inherit; }
button { padding:.55rem 1rem; border:0; border-radius:.5rem; background:var(--accent); color:var(--paper); font:inherit; cursor:pointer; }
ul.mails { list-style:none; margin:0 0 3rem; padding:0; background:var(--paper); border:1px solid var(--line); border-radius:.75rem; overflow:hidden; }
ul.mails li + li { border-top:1px solid var(--line); }
ul.mails a { display:grid; grid-template-columns:1fr auto; gap:0 1rem; padding:.8rem 1rem; color:inherit; text-decoration:none; }
ul.mails a:hover, ul.mails a:focus-visible { background:var(--back); }
ul.mails strong { font-weight:600; overflow-wrap:anywhere; } ul.mails .to { overflow-wrap:anywhere; }
.sheet { background:var(--paper); border:1px solid var(--line); border-radius:.75rem; padding:1rem 1.25rem; margin:1rem 0; }
dl { display:grid; grid-template-columns:max-content 1fr; gap:.2rem 1rem; margin:.5rem 0 0; } dt { color:var(--soft); } dd { margin:0; overflow-wrap:anywhere; }
iframe { width:100%; height:38rem; border:1px solid var(--line); border-radius:.75rem; background:#fff; }
pre { white-space:pre-wrap; overflow-wrap:anywhere; font:14px/1.5 ui-monospace,Menlo,monospace; margin:0; }
.sheet ul { margin:.25rem 0 0; padding-left:1.2rem; overflow-wrap:anywhere; } a { color:var(--accent); }
summary { cursor:pointer; font-weight:600; } .empty { padding:3rem 1rem; text-align:center; }
`;

/** The list of mails, newest first, with its search. */
export function renderList(mails: MailSummary[], filter: MailFilter, total: number): string {
  const rows = mails.map(renderRow).join('');
  const isFiltered = Boolean(filter.to || filter.subject);
  const none = isFiltered
    ? 'No mail matches this search.'
    : 'No mail yet. It appears here as soon as one is sent.';
  const shown = mails.length < total ? `${mails.length} of ${total} mails` : `${total} mails`;
  return renderPage(
    'Mails',
    `<form method="get" action="/" role="search">
      <input name="to" value="${escapeHtml(filter.to ?? '')}" placeholder="Recipient" aria-label="Recipient">
      <input name="subject" value="${escapeHtml(filter.subject ?? '')}" placeholder="Subject" aria-label="Subject">
      <button>Search</button>
    </form>
    <p class="soft">${shown}. Nothing here leaves this machine.</p>
    ${rows ? `<ul class="mails">${rows}</ul>` : `<p class="sheet empty">${none}</p>`}`,
  );
}

function renderRow(mail: MailSummary): string {
  return `<li><a href="/mails/${mail.id}"><strong>${escapeHtml(mail.subject || '(no subject)')}</strong>
    <span class="soft">${renderTime(mail.receivedAt)}</span>
    <span class="soft to">to ${escapeHtml(mail.to.join(', '))}</span></a></li>`;
}

/** One mail: the page as the customer sees it, locked in a frame, and the plain text. */
export function renderMail(mail: Mail): string {
  const links = mail.links
    .map((link) => `<li><a href="${escapeHtml(link)}">${escapeHtml(link)}</a></li>`)
    .join('');
  const attachments = mail.attachments
    .map(
      (file) =>
        `<li>${escapeHtml(file.filename)} <span class="soft">${escapeHtml(file.contentType)}, ${file.size} bytes</span></li>`,
    )
    .join('');
  const frame = mail.html
    ? `<iframe src="/mails/${mail.id}/html" sandbox="allow-popups" title="The mail as its reader sees it"></iframe>`
    : '';
  return renderPage(
    mail.subject || '(no subject)',
    `<section class="sheet"><h2 style="margin:0;font-size:1.25rem">${escapeHtml(mail.subject || '(no subject)')}</h2>
      <dl><dt>From</dt><dd>${escapeHtml(mail.fromHeader)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(', '))}</dd>
      <dt>Received</dt><dd>${renderTime(mail.receivedAt)}</dd></dl>
      <p style="margin-bottom:0"><a href="/mails/${mail.id}/raw">Raw mail (.eml)</a></p></section>
    ${frame}
    ${links ? `<section class="sheet"><strong>Links</strong><ul>${links}</ul></section>` : ''}
    ${attachments ? `<section class="sheet"><strong>Attachments</strong><ul>${attachments}</ul></section>` : ''}
    <details class="sheet"${mail.html ? '' : ' open'}><summary>Plain text</summary><pre>${escapeHtml(mail.text)}</pre></details>`,
  );
}

export function renderNotFound(): string {
  return renderPage(
    'Not found',
    '<p class="sheet empty">There is no such mail. <a href="/">All mails</a></p>',
  );
}

function renderPage(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Ordito mail</title><link rel="icon" href="data:,"><style>${STYLE}</style></head>
<body><header><h1><a href="/">Ordito mail</a></h1><span class="soft">every mail that the system sent</span></header><main>${body}</main></body></html>`;
}

function renderTime(instant: string): string {
  return `<time datetime="${instant}">${instant.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
