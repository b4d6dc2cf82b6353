import { Pool } from 'undici';

/** What came back over HTTP, not yet understood. */
export interface Answer {
  status: number;
  /** The parsed JSON, or the text where it is none. */
  body: unknown;
}

export interface CarrierSandboxClient {
  /** Throws `CarrierUnavailable` when nobody answers in time or the carrier says that it cannot now. */
  post(path: string, key: string, body: object): Promise<Answer>;
  close(): Promise<void>;
}

/** The carrier was not reached, or not in time: whether it took effect is open, so the same key is sent again. */
export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
}

/** One pool of connections that are kept open; `timeoutMs` bounds a whole call. */
export function createCarrierSandboxClient(baseUrl: string, timeoutMs: number): CarrierSandboxClient {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, { connections: 64 });
  const prefix = pathname.replace(/\/$/, '');
  return {
    async post(path, key, body) {
      const answer = await send(path, key, body);
      if (answer.status >= 500)
        throw new CarrierUnavailable(`${path} answered ${answer.status}, to be tried again`);
      return answer;
    },
    close: () => pool.close(),
  };

  async function send(path: string, key: string, body: object): Promise<Answer> {
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
      throw new CarrierUnavailable(`${path} did not answer: ${reason}`, { cause: error });
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
