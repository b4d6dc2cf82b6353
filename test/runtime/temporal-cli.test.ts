import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findTemporalCli, TEMPORAL_CLI_VERSION, type CliWay } from '../../runtime/dev/temporal-cli';
import { fetchFromPage } from '../../runtime/dev/temporal-cli-download';

const FAKE_CLI = '#!/bin/sh\necho "temporal version 0.0.0 (a fake)"\n';

describe('the Temporal command line', () => {
  let folder: string;
  let home: string;
  let env: NodeJS.ProcessEnv;
  let fetched: string[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'temporal-cli-'));
    home = path.join(folder, 'home');
    env = { PATH: path.join(folder, 'path'), XDG_CACHE_HOME: path.join(folder, 'cache'), HOME: folder };
    fetched = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function place(file: string, content = FAKE_CLI): string {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, 0o755);
    return file;
  }

  const onPath = () => path.join(folder, 'path', 'temporal');
  const inHome = () => path.join(home, 'bin', `temporal-${TEMPORAL_CLI_VERSION}`);
  const inCache = () => path.join(folder, 'cache', 'ordito', `temporal-${TEMPORAL_CLI_VERSION}`);

  function way(name: string, outcome: 'brings it' | 'fails'): CliWay {
    return {
      name,
      fetch: async ({ target }) => {
        fetched.push(name);
        if (outcome === 'fails') throw new Error(`${name} cannot be reached`);
        place(target);
      },
    };
  }

  const find = (ways: CliWay[] = []) => findTemporalCli({ home, env, ways });

  it('is taken from the PATH before any cache', async () => {
    place(onPath());
    place(inHome());
    place(inCache());
    expect(await find([way('PyPI', 'brings it')])).toEqual({ file: onPath(), source: 'on the PATH' });
    expect(fetched).toEqual([]);
  });

  it('is not taken from the PATH when something else goes by that name', async () => {
    place(onPath(), '#!/bin/sh\necho "a calendar"\n');
    place(inHome());
    expect(await find()).toEqual({ file: inHome(), source: 'cached' });
  });

  it("is taken from the project's cache before the user's", async () => {
    place(inHome());
    place(inCache());
    expect((await find()).file).toBe(inHome());
  });

  it('is fetched once into the cache that clones share', async () => {
    const ways = [way('PyPI', 'brings it'), way('the SDK', 'brings it')];
    expect(await find(ways)).toEqual({ file: inCache(), source: 'from PyPI' });
    home = path.join(folder, 'another-clone');
    expect(await find(ways)).toEqual({ file: inCache(), source: 'cached' });
    expect(fetched).toEqual(['PyPI']);
  });

  it('is fetched the next way when one fails', async () => {
    expect(await find([way('PyPI', 'fails'), way('the SDK', 'brings it')])).toMatchObject({
      source: 'from the SDK',
    });
    expect(fetched).toEqual(['PyPI', 'the SDK']);
  });

  it('is asked for with all the ways there are when none works', async () => {
    const failure = await find([way('PyPI', 'fails'), way('the SDK', 'fails')]).catch(
      (error: Error) => error,
    );
    expect(failure).toBeInstanceOf(Error);
    const { message } = failure as Error;
    for (const part of [
      'PyPI cannot be reached',
      'the SDK cannot be reached',
      'PATH',
      'pip',
      'TEMPORAL_ADDRESS',
    ])
      expect(message).toContain(part);
  });

  describe('from a download page', () => {
    let server: Server;
    let page: string;
    let asked: string[];

    beforeEach(async () => {
      const packed = place(path.join(folder, 'packed', 'temporal'));
      execFileSync('tar', ['-czf', path.join(folder, 'a.tar.gz'), '-C', path.dirname(packed), 'temporal']);
      asked = [];
      server = createServer((request, response) => {
        asked.push(request.url ?? '');
        if (request.url === '/archive') response.end(readFileSync(path.join(folder, 'a.tar.gz')));
        else response.end(JSON.stringify({ archiveUrl: `${page}/archive`, fileToExtract: 'temporal' }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      page = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    it('is unpacked, and nothing else is left beside it', async () => {
      const fetch: CliWay['fetch'] = (order) => fetchFromPage(page, { ...order, env: process.env });
      expect(await find([{ name: 'a page', fetch }])).toEqual({ file: inCache(), source: 'from a page' });
      expect(asked[0]).toMatch(new RegExp(`^/cli/v${TEMPORAL_CLI_VERSION}\\?platform=${process.platform}`));
      expect(readdirSync(path.dirname(inCache()))).toEqual([path.basename(inCache())]);
    });

    it('leaves nothing behind when the archive is broken', async () => {
      writeFileSync(path.join(folder, 'a.tar.gz'), 'not an archive');
      const fetch: CliWay['fetch'] = (order) => fetchFromPage(page, { ...order, env: process.env });
      await expect(find([{ name: 'a page', fetch }])).rejects.toThrow(/a page: /);
      expect(existsSync(inCache())).toBe(false);
      expect(readdirSync(path.dirname(inCache()))).toEqual([]);
    });
  });
});
