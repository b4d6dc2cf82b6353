/** What the API said when it refused: problem details as an error. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: {
      type?: string;
      title?: string;
      detail?: string;
      errors?: unknown[];
      allowed?: string[];
    },
    request: string,
  ) {
    super(`${request}: ${status} ${problem.detail ?? problem.title ?? ''}`);
    this.name = 'ApiProblem';
  }
}

interface RequestOptions {
  /** `Idempotency-Key`: the same request again is executed once. */
  idempotencyKey?: string;
  /** Seconds to wait for an order's first decision. */
  wait?: number;
}

export interface ApiClient {
  get<T>(path: string, query?: Record<string, string | number | string[] | undefined>): Promise<T>;
  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
  delete(path: string): Promise<void>;
}

/** A small client of the API for scripts: JSON in and out, problems thrown as ApiProblem. */
export function createApiClient({ baseUrl, key }: { baseUrl: string; key: string }): ApiClient {
  async function send<T>(
    method: string,
    path: string,
    body: unknown,
    options: RequestOptions = {},
  ): Promise<T> {
    const headers: Record<string, string> = { Authorization: `Bearer ${key}` };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (options.idempotencyKey !== undefined) headers['Idempotency-Key'] = options.idempotencyKey;
    if (options.wait !== undefined) headers.Prefer = `wait=${options.wait}`;
    const answer = await fetch(baseUrl + path, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    throw new ApiProblem(answer.status, parseProblem(text), `${method} ${path}`);
  }
  return {
    get: (path, query = {}) => send('GET', path + queryOf(query), undefined),
    post: (path, body = {}, options) => send('POST', path, body, options),
    put: (path, body) => send('PUT', path, body),
    delete: (path) => send('DELETE', path, undefined),
  };
}

function queryOf(query: Record<string, string | number | string[] | undefined>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}

function parseProblem(text: string): ApiProblem['problem'] {
  try {
    return JSON.parse(text) as ApiProblem['problem'];
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
