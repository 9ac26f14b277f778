/** Who may ask the server for what: requests for this machine's own address, from pages of its own, that only read. */
import type { IncomingMessage } from 'node:http';

/** The address that the server listens on: no other machine reaches it. */
export const ADDRESS = '127.0.0.1';

/** Sent with every answer. The page loads nothing from elsewhere, and no other page may embed it. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export interface Refusal {
  readonly status: number;
  readonly text: string;
}

/**
 * Why a request is refused; undefined: it is not. Another name in `Host` is that of a foreign site whose name was
 * pointed to this machine.
 */
export function refusalOf(
  { method, headers }: Pick<IncomingMessage, 'method' | 'headers'>,
  port: number,
): Refusal | undefined {
  const hosts = [`${ADDRESS}:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? '')) return { status: 421, text: `Host must be ${hosts.join(' or ')}` };
  if (method !== 'GET') return { status: 405, text: 'only GET is answered' };
  const { origin } = headers;
  const isOwn = origin === undefined || hosts.some((host) => origin === `http://${host}`);
  const site = headers['sec-fetch-site'];
  if (!isOwn || site === 'cross-site' || site === 'same-site') return { status: 403, text: 'no other site may ask' };
  return undefined;
}
