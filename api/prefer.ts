/** Nobody holds a connection longer than this, whatever they prefer. */
const longestWaitSeconds = 30;

/** Seconds of `Prefer: wait=10` (RFC 7240); null when there is no such preference. */
export function preferredWait(header: string | string[] | undefined): number | null {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:[,;]|$)/i.exec(text)?.[1];
  return wait === undefined ? null : Math.min(Number(wait), longestWaitSeconds);
}
