import { Pool } from 'undici';

/** What came back over HTTP, not yet understood. */
export interface HttpAnswer {
  status: number;
  /** The parsed JSON, or the text where it is none. */
  body: unknown;
}

export interface CompanyClient {
  /** Throws what the adapter named when nobody answers in time or the company says that it cannot now. */
  post(path: string, key: string, body: object): Promise<HttpAnswer>;
  close(): Promise<void>;
}

interface Reach {
  baseUrl: string;
  /** Bounds a whole call. */
  timeoutMs: number;
  /** The adapter's own error for "not reached, or not in time: whether it took effect is open". */
  Unavailable: new (message: string, options?: ErrorOptions) => Error;
}

/**
 * JSON by POST to a company outside, each call with the key of its intent. One pool of connections that are kept
 * open.
 */
export function createCompanyClient({ baseUrl, timeoutMs, Unavailable }: Reach): CompanyClient {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, { connections: 64 });
  const prefix = pathname.replace(/\/$/, '');

  async function send(path: string, key: string, body: object): Promise<HttpAnswer> {
    try {
      const response = await pool.request({
        method: 'POST',
        path: `${prefix}${path}`,
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: response.statusCode, body: parsed(await response.body.text()) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Unavailable(`${path} did not answer: ${reason}`, { cause: error });
    }
  }

  return {
    async post(path, key, body) {
      const answer = await send(path, key, body);
      if (answer.status >= 500) throw new Unavailable(`${path} answered ${answer.status}, to be tried again`);
      return answer;
    },
    close: () => pool.close(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
