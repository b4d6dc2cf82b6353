import { Pool } from 'undici';

/**
 * A client of the API that costs the machine little: kept connections and no more than is needed, so that the
 * figures are the API's and not the client's.
 */
export interface ApiConnection {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  close(): Promise<void>;
}

export function connectToApi(baseUrl: string, key: string, connections: number): ApiConnection {
  const pool = new Pool(baseUrl, { connections });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };

  async function send<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await pool.request({ method, path, headers, body: text });
    if (answer.statusCode < 300) return (await answer.body.json()) as T;
    throw new Error(`${method} ${path}: ${answer.statusCode} ${await answer.body.text()}`);
  }

  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    close: () => pool.close(),
  };
}
