export interface Seen {
  status: number;
  /** Path that the answer leads to, if it does. */
  location: string | null;
  headers: Headers;
  text: string;
  /** Token of the page's forms. */
  csrf: string;
}

type Headings = Record<string, string>;

/** A browser as far as HTTP goes: it keeps cookies and sends forms. It follows nothing by itself. */
export interface TestVisitor {
  cookies: Map<string, string>;
  get(path: string, headers?: Headings): Promise<Seen>;
  post(path: string, form: Record<string, string> | [string, string][], headers?: Headings): Promise<Seen>;
  /** A form with a file, its token among the fields. */
  send(path: string, form: FormData): Promise<Seen>;
  /** Opens the page, and sends one of its forms with its token. */
  submit(page: string, path: string, form: Record<string, string>): Promise<Seen>;
}

export function createVisitor(baseUrl: string): TestVisitor {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit & { headers: Headings }): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(baseUrl + path, {
      ...init,
      redirect: 'manual',
      headers: { Accept: 'text/html', ...init.headers, ...(cookie && { Cookie: cookie }) },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      if (value === '') cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const text = await answer.text();
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      headers: answer.headers,
      text,
      csrf: /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '',
    };
  }

  const visitor: TestVisitor = {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, form, headers = {}) =>
      ask(path, { method: 'POST', body: new URLSearchParams(form), headers }),
    send: (path, form) => ask(path, { method: 'POST', body: form, headers: {} }),
    async submit(page, path, form) {
      const { csrf } = await visitor.get(page);
      return visitor.post(path, { csrf, formKey: 'one', ...form });
    },
  };
  return visitor;
}
