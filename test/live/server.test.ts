/** What the server answers, and what it refuses. */
import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { ADDRESS } from '../../src/live/guard.js';
import { serveStudy } from '../../src/live/server.js';
import { failedRow, ID, okRow, watched, writtenStudy } from './study.js';

interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function ask(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { port } = new URL(url);
  const asked = request({ host: ADDRESS, port, path, ...options }).end();
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.on('response', resolve).on('error', reject);
  });
  let body = '';
  for await (const part of response.setEncoding('utf8')) body += String(part);
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

it('the page and its files come with strict headers, and name no other address', async () => {
  const { dir } = writtenStudy();
  const { url } = await watched(dir);
  for (const path of ['/', '/page.js', '/style.css', '/icon.svg', `/?experiment=${ID}`]) {
    const { status, headers, body } = await ask(url, path);
    expect([path, status]).toEqual([path, 200]);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(body.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
  }
});

it.each([
  ['a foreign name for this machine', {}, { host: 'evil.example:PORT' }, 421],
  ['another port', {}, { host: '127.0.0.1:1' }, 421],
  ['localhost', {}, { host: 'localhost:PORT' }, 200],
  ['a form', { method: 'POST' }, {}, 405],
  ['a question without a body', { method: 'HEAD' }, {}, 405],
  ['a page of another site', {}, { origin: 'http://evil.example' }, 403],
  ['a picture in another site', {}, { 'sec-fetch-site': 'cross-site' }, 403],
  ['its own page', {}, { origin: 'http://localhost:PORT', 'sec-fetch-site': 'same-origin' }, 200],
] as const)('%s', async (_, options, headers, status) => {
  const { dir } = writtenStudy();
  const { url } = await watched(dir);
  const { port } = new URL(url);
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', port)]));
  const answer = await ask(url, '/', { ...options, headers: { host: `127.0.0.1:${port}`, ...sent } });
  expect([answer.status, answer.headers.allow]).toEqual([status, status === 405 ? 'GET' : undefined]);
});

it('the trials of a cell, and one trial with its commands and curves', async () => {
  const { dir, cells, commit } = writtenStudy();
  const rows = Array.from({ length: 60 }, (_, trial) => (trial === 1 ? failedRow(1, 'no <memory>') : okRow(trial)));
  commit(0, rows, [{ trial: 0, name: 'loss', values: Float64Array.of(4, 2, 1, 0.5) }]);
  const { url } = await watched(dir);
  const cell = `${ID}/${cells[0].text}`;
  const page = async (path: string, query: Record<string, string>): Promise<string> =>
    (await ask(url, `${path}?${new URLSearchParams(query).toString()}`)).body;
  const first = await page('/cell', { cell });
  expect(first.match(/<tr><td><a href="#trial=/g)).toHaveLength(50);
  expect(first).toContain('no &lt;memory&gt;');
  expect(first).toContain('from=50">Later trials');
  const second = await page('/cell', { cell, from: '50' });
  expect(second.match(/<tr><td><a href="#trial=/g)).toHaveLength(10);
  expect(second).toContain('Earlier trials');
  const trial = await page('/trial', { address: `${cell}#0` });
  expect(trial).toContain(`basin replay ${dir} &#39;${cell}#0&#39;`);
  expect(trial).toContain('--arrays trial-0');
  expect(trial).toContain(`basin draw ${ID} --scale smoke --seed 1 --cell ${cells[0].text} --trial 0`);
  expect(trial).toContain('/curve.svg?');
  expect(await page('/curve.svg', { address: `${cell}#0`, name: 'loss' })).toMatch(/^<svg.*loss.*<\/svg>$/s);
});

it.each([
  ['/cell?cell=fu2018-fig4/K%3D99', 400, 'is no cell of this study'],
  ['/cell?cell=x', 400, 'an address must look like'],
  ['/trial?address=fu2018-fig4/K%3D3,d%3D4,n%3D4000%2377', 400, 'is not stored'],
  ['/?experiment=x', 400, "the study has no experiment 'x'"],
  ['/events?experiment=x', 404, 'no such experiment'],
  ['/figure.svg?experiment=x', 404, 'no such page'],
  ['/../../etc/passwd', 404, 'no such page'],
])('%s is refused in one line', async (path, status, text) => {
  const { dir } = writtenStudy();
  const { url } = await watched(dir);
  const answer = await ask(url, path);
  expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(text)]);
  expect(answer.body).toMatch(/^[^\n]*\n$/);
});

it('a port in use is named', async () => {
  const taken = createServer().listen(0, ADDRESS);
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const source = {} as Parameters<typeof serveStudy>[0];
  const serving = { port, signal: new AbortController().signal, onReady: () => undefined };
  await expect(serveStudy(source, serving)).rejects.toThrow(
    `--port must be a free port that this user may use, got '${port} (EADDRINUSE)'`,
  );
  taken.close();
});

it.each(['//', '///', '/..//', 'http://', 'http://localhost:1/', '/%'])(
  '%s is no page, and the server goes on',
  async (path) => {
    const { url } = await watched(writtenStudy().dir);
    expect(await ask(url, path)).toMatchObject({ status: 404, body: 'there is no such page\n' });
    expect((await ask(url, '/')).status).toBe(200);
  },
);
