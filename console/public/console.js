/* Keeps pages up to date: hears which orders changed, and lets htmx fetch the page's content anew. */
(() => {
  'use strict';

  // Filters act by themselves here: their button is for browsers without scripts.
  document.documentElement.classList.add('scripted');

  const main = () => document.getElementById('main');
  const language = document.documentElement.lang || 'en';

  // ---- Times in the reader's own zone, and relative ones that move on -------------------------------------

  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const whole = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  const units = [
    ['day', 86400000],
    ['hour', 3600000],
    ['minute', 60000],
  ];

  function sayWhen(at) {
    const ms = at.getTime() - Date.now();
    const unit = units.find(([, size]) => Math.abs(ms) >= 0.95 * size);
    return unit ? relative.format(Math.round(ms / unit[1]), unit[0]) : relative.format(0, 'second');
  }

  function showTimes() {
    for (const time of document.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      const text = time.hasAttribute('data-relative') ? sayWhen(at) : whole.format(at);
      if (time.textContent !== text) time.textContent = text;
      if (time.hasAttribute('data-relative')) time.title = whole.format(at);
    }
  }

  // ---- Live ------------------------------------------------------------------------------------------------

  let source = null;
  let sourceUrl = null;
  let lastFetch = 0;
  let planned = 0;
  let afterwards = 0;
  let wasLost = false;
  const changed = new Set();

  const live = () => document.querySelector('[data-live]');

  function showState(state, text) {
    const light = document.getElementById('live-state');
    if (!light || light.dataset.state === state) return;
    light.dataset.state = state;
    light.textContent = text;
  }

  function connect() {
    const place = live();
    const url = place && !document.hidden ? place.dataset.live : null;
    if (url === sourceUrl) return;
    source?.close();
    source = null;
    sourceUrl = url;
    if (!url) return showState('off', '');
    source = new EventSource(url);
    source.onopen = () => {
      showState('on', 'Live');
      // What happened while nobody listened is not told again.
      if (wasLost) refreshSoon();
      wasLost = false;
    };
    source.onerror = () => {
      wasLost = true;
      showState('lost', 'Reconnecting…');
      if (source?.readyState === EventSource.CLOSED) {
        sourceUrl = null;
        setTimeout(connect, 3000);
      }
    };
    source.addEventListener('orders', (event) => {
      for (const id of JSON.parse(event.data)) changed.add(id);
      refreshSoon();
    });
  }

  function refreshSoon() {
    if (planned || document.hidden) return;
    const every = Number(live()?.dataset.every || 800);
    planned = setTimeout(refresh, Math.max(60, lastFetch + every - Date.now()));
  }

  function refresh() {
    planned = 0;
    if (!live() || document.hidden) return;
    lastFetch = Date.now();
    htmx
      .ajax('GET', location.pathname + location.search, { target: '#main', swap: 'innerMorph' })
      .catch(() => undefined);
    // Mails and the like follow an event by a moment.
    clearTimeout(afterwards);
    if (changed.size > 0) afterwards = setTimeout(refreshSoon, 2500);
  }

  function markChanged() {
    const rows = live()?.dataset.rows;
    for (const id of changed) {
      const row = rows && document.getElementById(rows + id);
      if (!row) continue;
      row.classList.remove('changed');
      void row.offsetWidth; // lets the animation begin anew
      row.classList.add('changed');
    }
    changed.clear();
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && live()) refreshSoon();
    if (document.hidden) wasLost = false;
    connect();
  });
  window.addEventListener('pagehide', () => source?.close());
  // Whoever leaves does not wait for the page that they leave.
  window.addEventListener('beforeunload', () => document.body.dispatchEvent(new Event('htmx:abort')));
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    sourceUrl = null;
    connect();
    refreshSoon();
  });

  // ---- Forms -----------------------------------------------------------------------------------------------

  // Filters that say nothing do not belong into the address.
  document.addEventListener('htmx:config:request', ({ detail: { ctx } }) => {
    const { method, body } = ctx.request;
    if (method !== 'GET' || !(body instanceof FormData)) return;
    for (const [name, value] of [...body]) if (value === '') body.delete(name);
  });

  document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
    if (ctx.request.method === 'POST' && ctx.response.status < 400) closePanels();
    showTimes();
    markChanged();
    connect();
    plantDismissal();
  });

  /** What a panel was opened for is done; the page would keep it open, as it does while others move along. */
  function closePanels() {
    for (const panel of document.querySelectorAll('details.act[open]')) {
      panel.open = false;
      for (const form of panel.querySelectorAll('form')) form.reset();
    }
  }

  let dismissal = 0;
  function plantDismissal() {
    clearTimeout(dismissal);
    if (document.querySelector('#notice .good')) dismissal = setTimeout(dismiss, 8000);
  }
  function dismiss() {
    document.getElementById('notice')?.replaceChildren();
  }

  /** Marks a line of what is being written, where something is wrong with it. */
  function showLine(number) {
    const field = document.querySelector('textarea.code');
    if (!field) return;
    const lines = field.value.split('\n');
    const from = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
    field.focus();
    field.setSelectionRange(from, from + (lines[number - 1] ?? '').length);
    field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, number - 4);
  }

  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.closest('[data-dismiss]')) return dismiss();
    const place = event.target.closest('[data-line]');
    if (place) return showLine(Number(place.dataset.line));
    // One open panel at a time; a click beside closes it.
    for (const panel of document.querySelectorAll('details.act[open]'))
      if (!panel.contains(event.target)) panel.open = false;
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const panel = document.querySelector('details.act[open]');
    if (panel) {
      panel.open = false;
      panel.querySelector('summary')?.focus();
    } else dismiss();
  });
  // Whoever opens a panel wants to write into it.
  document.addEventListener(
    'toggle',
    (event) => {
      if (event.target instanceof HTMLDetailsElement && event.target.open && event.target.matches('.act'))
        event.target.querySelector('input:not([type=hidden]), select')?.focus();
    },
    true,
  );

  document.addEventListener('htmx:error', () => showState('lost', 'Not reached. Try again.'));

  // A menu that is wider than the window shows where one is.
  for (const here of document.querySelectorAll('#nav [aria-current], #places [aria-current]'))
    here.scrollIntoView({ inline: 'center', block: 'nearest' });

  showTimes();
  setInterval(showTimes, 20000);
  connect();
  if (main()) plantDismissal();
})();
