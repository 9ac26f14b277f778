import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InputError } from '../../../src/base/errors.js';
import { connectBroker, type Broker } from '../../../src/shards/queue/broker.js';
import { FakeRedis } from './fakeRedis.js';

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : NaN;
}

async function connected(
  settings: Readonly<Record<string, string>> | undefined,
): Promise<{
  readonly broker: Broker;
  readonly host: string;
  readonly asked: readonly string[];
  readonly said: readonly string[];
}> {
  const redis = new FakeRedis(settings);
  onTestFinished(() => {
    redis.close();
  });
  const host = `redis://127.0.0.1:${await redis.listen()}`;
  const said: string[] = [];
  const broker = await connectBroker(host.replace('//', '//anna:sWordFish@'), (text) => said.push(text), []);
  return { broker, host, asked: redis.asked, said };
}

describe('a server that answers', () => {
  it('is asked once, and shown without what is secret', async () => {
    const { broker, host, asked, said } = await connected({});
    expect([broker.shown, said]).toEqual([host, []]);
    expect(asked.filter((name) => name === 'PING')).toHaveLength(1);
    expect([broker.wordsOf(new Error('anna failed with sWordFish')), broker.wordsOf('no sWordFish')]).toEqual([
      '*** failed with ***',
      'no ***',
    ]);
  });

  it.each<[string, Record<string, string> | undefined, string | undefined]>([
    ['keeps a file and evicts nothing', { appendonly: 'yes', 'maxmemory-policy': 'noeviction' }, undefined],
    ['keeps a file and does not say what it evicts', { appendonly: 'yes' }, undefined],
    [
      'keeps none',
      { appendonly: 'no', 'maxmemory-policy': 'noeviction' },
      'must keep an append-only file (appendonly yes), got appendonly no: ',
    ],
    ['does not say whether', undefined, 'must keep an append-only file (appendonly yes), got appendonly unknown: '],
    [
      'evicts',
      { appendonly: 'yes', 'maxmemory-policy': 'allkeys-lru' },
      'must not evict keys (maxmemory-policy noeviction), got allkeys-lru; ',
    ],
  ])('and %s is durable, or refused', async (_, settings, words) => {
    const { broker, host } = await connected(settings);
    const asking = broker.requireDurable();
    if (words === undefined) await expect(asking).resolves.toBeUndefined();
    else {
      await expect(asking).rejects.toThrow(InputError);
      await expect(broker.requireDurable()).rejects.toThrow(`the Redis at ${host} ${words}`);
    }
  });
});

describe('a server that does not answer', () => {
  it.each(['redis', 'postgres'])(
    'is asked again after each pause, and then refused with the reason: %s',
    async (kind) => {
      const host = `${kind}://127.0.0.1:${await closedPort()}`;
      const said: string[] = [];
      const connecting = connectBroker(
        `${host.replace('//', '//anna:sWordFish@')}/0`,
        (text) => said.push(text),
        [0, 0.001],
      );
      const error: unknown = await connecting.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      expect(String(error)).toMatch(
        new RegExp(`--queue must be the URL of a server that answers, got '${host}': .*ECONNREFUSED`),
      );
      expect(said).toEqual(
        ['0', '0.001'].map(
          (pause) =>
            expect.stringMatching(
              new RegExp(`^basin: ${host}: .*ECONNREFUSED.*; trying again in ${pause} s$`),
            ) as string,
        ),
      );
      expect(`${String(error)}${said.join('')}`).not.toMatch(/anna|sWordFish/);
    },
  );

  it('is none where the URL is none', async () => {
    await expect(connectBroker('nowhere', () => undefined)).rejects.toThrow(InputError);
  });
});
