import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverAddress } from '../../../src/shards/queue/address.js';

const SECRET = 'sWordFish';

function messageOf(url: string): string {
  try {
    const { shown, clean } = serverAddress(url);
    return `${shown} ${clean(`cannot reach ${url}`)}`;
  } catch (error) {
    return String(error);
  }
}

describe('the address of a server', () => {
  it('shows protocol, host and port', () => {
    expect(serverAddress('redis://:secret@desk7:6379/2').shown).toBe('redis://desk7:6379');
    expect(serverAddress('postgres://anna:secret@db.example/studies').shown).toBe('postgres://db.example');
  });

  it.each([
    ['redis://h', 'redis'],
    ['rediss://h', 'redis'],
    ['postgres://h', 'postgres'],
    ['postgresql://h', 'postgres'],
  ])('%s is of %s', (url, kind) => {
    expect(serverAddress(url)).toMatchObject({ url, kind });
  });

  it.each([
    ['nowhere', /^--queue must be a URL of Redis or PostgreSQL.*got 'a text that is no URL/],
    ['http://h', /^--queue .*a URL of another kind/],
    ['redis://h/a@b', /^--queue .*with @ behind its host/],
  ])('%s is none', (url, message) => {
    expect(() => serverAddress(url)).toThrow(message);
  });

  it.each([
    `redis://:p@ss${SECRET}@127.0.0.1:1`,
    `redis://:pa/ss${SECRET}@127.0.0.1:1`,
    `redis://u:12/${SECRET}@h`,
    `redis://u:a?${SECRET}@h`,
    `redis://u:a#${SECRET}@h`,
    `postgres://u:${SECRET}@127.0.0.1/db`,
    `redis://${SECRET}@127.0.0.1`,
    `redis://127.0.0.1?password=${SECRET}`,
    `postgres://h/db?user=u&password=${SECRET}&x=1`,
    `redis://h/0#${SECRET}`,
    `ftp://u:${SECRET}@h`,
    SECRET,
    `//u:${SECRET}@h`,
    `redis:${SECRET}`,
    `redis://u:${SECRET}@[::1`,
    `${SECRET}:x`,
    `postgres:///${SECRET}`,
  ])('says nothing of a secret in %s', (url) => {
    expect(messageOf(url)).not.toContain(SECRET);
  });

  it('says nothing of any password, as it is or as a URL has it', () => {
    const password = fc.string({ minLength: 12 }).filter((text) => /\S/.test(text));
    fc.assert(
      fc.property(password, (text) => {
        const encoded = encodeURIComponent(text);
        const { shown, clean } = serverAddress(`redis://user:${encoded}@127.0.0.1:6379`);
        const said = `${shown} ${clean(`failed: ${text} and ${encoded}`)}`;
        expect(said.includes(text) || said.includes(encoded)).toBe(false);
      }),
    );
  });
});
