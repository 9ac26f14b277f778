/** The URL of a server, and which parts of it may be shown. */
import { refuse } from '../../base/errors.js';

const PROTOCOLS = ['redis:', 'rediss:', 'postgres:', 'postgresql:'];
const ALLOWED = 'a URL of Redis or PostgreSQL, e.g. redis://:password@host:6379 or postgres://user@host/database';

export interface ServerAddress {
  readonly url: string;
  readonly kind: 'redis' | 'postgres';
  /** protocol, host and port; no other part of a URL is ever shown */
  readonly shown: string;
  /** returns a message from outside without the URL and without its parts that may be secret */
  readonly clean: (message: string) => string;
}

/** Throws `InputError` when the text is not such a URL. The error contains no part of the text. */
export function serverAddress(url: string): ServerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined)
    return refuse(
      '--queue',
      ALLOWED,
      'a text that is no URL, or whose password has a character that must be written as %XX',
    );
  if (!PROTOCOLS.includes(parsed.protocol) || parsed.host === '')
    return refuse('--queue', ALLOWED, 'a URL of another kind, or without a host');
  // After an unescaped / ? or # in a password, the rest of the password is not parsed as part of the authority.
  if (`${parsed.pathname}${parsed.search}${parsed.hash}`.includes('@'))
    return refuse(
      '--queue',
      ALLOWED,
      'a URL with @ behind its host: in a password / ? # and @ must be written as %2F %3F %23 %40',
    );
  const secrets = secretsOf(url, parsed);
  return {
    url,
    kind: parsed.protocol.startsWith('redis') ? 'redis' : 'postgres',
    shown: `${parsed.protocol}//${parsed.host}`,
    clean: (message) => secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message),
  };
}

/** Shorter user names are not removed from messages, because their letters occur in many words. */
const SHORTEST_NAME = 3;

/** Longest first, so that no part of a longer secret remains in a message. */
function secretsOf(url: string, { username, password, search, hash }: URL): string[] {
  const names = [username].filter((name) => name.length >= SHORTEST_NAME);
  const parts = [...names, password, search.slice(1), hash.slice(1), ...new URLSearchParams(search).values()];
  const all = [url, ...parts, ...parts.map(decoded)].filter((part) => part !== '');
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
