import { keyOf, type TestApi } from './server';

export interface Problem {
  status: number;
  type: string;
  title: string;
  detail: string;
  instance: string;
  errors?: { pointer: string; detail: string; in?: string }[];
}

export interface Sent {
  method?: string;
  path?: string;
  body?: unknown;
  /** Instead of `body`, as it goes over the wire. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

/** Sends anything, sound or not, with the key of an admin. */
export function send(api: TestApi, { method = 'POST', path = '/v1/orders', body, raw, headers }: Sent) {
  return fetch(api.url + path, {
    method,
    headers: { Authorization: `Bearer ${keyOf('admin')}`, 'Content-Type': 'application/json', ...headers },
    body: method === 'GET' ? undefined : (raw ?? JSON.stringify(body)),
  });
}

/** The answer is problem details of this status; whatever else it is, the test fails with what came. */
export async function expectProblem(answer: Response, status: number): Promise<Problem> {
  const text = await answer.text();
  expect({ status: answer.status, text }).toMatchObject({ status });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(text) as Problem;
  expect(problem).toMatchObject({
    status,
    type: expect.stringMatching(/^urn:ordito:problem:/),
    title: expect.any(String),
    instance: `urn:ordito:request:${answer.headers.get('x-request-id')}`,
  });
  return problem;
}
