/** The live page's server: it answers GET on 127.0.0.1 and writes nothing. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileErrorCode } from '../base/fileError.js';
import { InputError, refuse } from '../base/errors.js';
import { Feed } from './feed.js';
import { ADDRESS, HEADERS, refusalOf } from './guard.js';
import { browserScript } from '../report/script.js';
import { ICON, shell } from './shell.js';
import type { LiveSource } from './source.js';
import { LIVE_STYLE } from './style.js';
import { cellHtml, curveSvg, spectrumSvg, trialHtml } from './trials.js';

/** Open pages at once; each holds a connection. */
const MOST_VIEWERS = 32;
/** A page that has left so many bytes unread is cut off: it connects again and gets the newest state. */
const MOST_UNREAD = 2 ** 26;

export interface Serving {
  /** 0: a free one */
  readonly port: number;
  /** ends the server */
  readonly signal: AbortSignal;
  /** called when the page can be opened */
  readonly onReady: (url: string) => void;
  /** of the core time of the study, see feed.ts */
  readonly share?: number;
  /** looks once more before it ends, so that open pages show the end of the run */
  readonly lastLook?: boolean;
}

/** Serves a study until the signal. Throws `InputError` for a port that cannot be used, and when the store is lost. */
export async function serveStudy(
  source: LiveSource,
  { port, signal, onReady, share, lastLook = false }: Serving,
): Promise<void> {
  const site = new Site(source, share);
  const server = createServer((request, response) => {
    const own = addressOf(server).port;
    const refusal = refusalOf(request, own);
    const asked = `http://${ADDRESS}:${own}${request.url ?? '/'}`;
    if (refusal !== undefined) send(response, refusal.status, TEXT, `${refusal.text}\n`);
    else if (URL.canParse(asked)) void site.answer(new URL(asked), response);
    else send(response, 404, TEXT, NO_PAGE);
  });
  await listen(server, port);
  onReady(`http://${ADDRESS}:${addressOf(server).port}/`);
  try {
    await site.run(signal, lastLook);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const TEXT = 'text/plain; charset=utf-8';
const NO_PAGE = 'there is no such page\n';
const HTML = 'text/html; charset=utf-8';
const SVG = 'image/svg+xml';

type Answer = readonly [type: string, body: string | undefined];

class Site {
  readonly #source: LiveSource;
  readonly #feed: Feed;
  #script: string | undefined;
  readonly #viewers = new Set<ServerResponse>();

  constructor(source: LiveSource, share: number | undefined) {
    this.#source = source;
    this.#feed = new Feed(source, share);
  }

  async run(signal: AbortSignal, lastLook: boolean): Promise<void> {
    try {
      await this.#feed.run(signal, lastLook);
    } finally {
      for (const response of this.#viewers) response.end();
    }
  }

  async answer({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
    try {
      if (pathname === '/events') {
        this.#watch(searchParams.get('experiment') ?? '', response);
        return;
      }
      const [type, body] = await this.#page(pathname, searchParams);
      if (body === undefined) send(response, 404, TEXT, NO_PAGE);
      else send(response, 200, type, body);
    } catch (error) {
      send(
        response,
        error instanceof InputError ? 400 : 500,
        TEXT,
        `${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }

  async #page(path: string, query: URLSearchParams): Promise<Answer> {
    const asked = (name: string): string => query.get(name) ?? '';
    switch (path) {
      case '/':
        return [HTML, shell(this.#source, asked('experiment'))];
      case '/page.js':
        return ['text/javascript; charset=utf-8', (this.#script ??= browserScript('live'))];
      case '/style.css':
        return ['text/css; charset=utf-8', LIVE_STYLE];
      case '/icon.svg':
        return [SVG, ICON];
      case '/figure.svg':
        return [SVG, this.#feed.figure(asked('experiment'), asked('name'))];
      case '/cell':
        return [HTML, cellHtml(this.#source, asked('cell'), Number(asked('from')))];
      case '/trial':
        return [HTML, trialHtml(this.#source, asked('address'), startOf(query))];
      case '/spectrum.svg':
        return [SVG, await spectrumSvg(this.#source, asked('address'), startOf(query) ?? 0)];
      case '/curve.svg':
        return [SVG, await curveSvg(this.#source, asked('address'), asked('name'))];
      default:
        return [TEXT, undefined];
    }
  }

  /** Keeps the connection open and sends events on it. */
  #watch(experiment: string, response: ServerResponse): void {
    if (!this.#source.store.experiments().some(({ id }) => id === experiment)) {
      send(response, 404, TEXT, 'there is no such experiment\n');
      return;
    }
    if (this.#viewers.size >= MOST_VIEWERS) {
      send(response, 503, TEXT, `at most ${MOST_VIEWERS} pages can be open\n`);
      return;
    }
    response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream; charset=utf-8' });
    response.flushHeaders();
    this.#viewers.add(response);
    const leave = this.#feed.join({
      experiment,
      send: (events) => {
        response.write(events);
        if (response.writableLength > MOST_UNREAD) response.destroy();
      },
    });
    response.on('close', () => {
      leave();
      this.#viewers.delete(response);
    });
  }
}

/** Undefined where the request names no start. */
function startOf(query: URLSearchParams): number | undefined {
  const start = Number(query.get('start') ?? Number.NaN);
  return Number.isSafeInteger(start) && start >= 0 ? start : undefined;
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...HEADERS, 'Content-Type': type, ...(status === 405 ? { Allow: 'GET' } : {}) });
  response.end(body);
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, ADDRESS);
    await once(server, 'listening');
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === undefined) throw error;
    refuse('--port', 'a free port that this user may use', `${port} (${code})`);
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address;
}
