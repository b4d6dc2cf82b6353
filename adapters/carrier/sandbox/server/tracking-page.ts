import type { Tracked } from './look-up';

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1f2328}
ol{list-style:none;padding:0;border-left:2px solid #c9d1d9}li{padding:.3rem 1rem}time{color:#59636e;display:block}`;

/** The page behind a tracking link. Everything on it is the carrier's own text. */
export function renderTrackingPage({ trackingNumber, steps }: Tracked): string {
  const items = [...steps].reverse().map(({ at, what }) => {
    const iso = at.toISOString();
    return `<li>${what}<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time></li>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Parcel ${trackingNumber}</title><style>${style}</style>
<h1>Parcel ${trackingNumber}</h1><ol>${items.join('')}</ol></html>`;
}
