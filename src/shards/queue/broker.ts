/** Connects to the server of BullMQ's queues, Redis or PostgreSQL, by its URL. */
import { createPostgresBackend, Queue, withBackend, Worker, type Processor } from 'bullmq';
import { Redis } from 'ioredis';
import { InputError } from '../../base/errors.js';
import { serverAddress, type ServerAddress } from './address.js';

/** A worker renews the lock of its job in the background. When a worker dies, this is noticed after these times. */
export interface StallTimes {
  readonly lockMilliseconds: number;
  readonly checkMilliseconds: number;
}

/** A queue with explicit types of jobs, because the library's type inference is wrong in generic code. */
export type JobQueue<D, R> = Queue<D, R, string, D, R, string>;

export interface Broker {
  /** what may be shown of the server, without user, password or path */
  readonly shown: string;
  /** the message of an error, without any part of the URL that may be secret */
  readonly wordsOf: (error: unknown) => string;
  readonly queue: <D, R>(name: string) => JobQueue<D, R>;
  readonly worker: <D, R>(name: string, processor: Processor<D, R>, times: StallTimes) => Worker<D, R>;
  /** Throws `InputError` when a crash of the server would lose its data. */
  readonly requireDurable: () => Promise<void>;
}

const PAUSES = [0.5, 1, 2, 4, 8];
/** Our own count of a job's starts stops a job that kills its worker, so this limit is never reached; see worker.ts. */
const MOST_STALLS = 1000;

/**
 * Throws `InputError` when the text is not such a URL, or when the server does not answer after a few attempts. `say`
 * receives a message about each failed attempt that is followed by another.
 */
export async function connectBroker(
  url: string,
  say: (text: string) => void,
  pauses: readonly number[] = PAUSES,
): Promise<Broker> {
  const address = serverAddress(url);
  const broker = address.kind === 'redis' ? redisBroker(address) : postgresBroker(address);
  for (const pause of [...pauses, undefined]) {
    try {
      await broker.reach();
      return broker;
    } catch (error) {
      const words = broker.wordsOf(error);
      if (pause === undefined)
        throw new InputError(`--queue must be the URL of a server that answers, got '${broker.shown}': ${words}`);
      say(`basin: ${broker.shown}: ${words}; trying again in ${pause} s`);
      await new Promise((wake) => {
        setTimeout(wake, 1000 * pause);
      });
    }
  }
  throw new Error('unreachable');
}

function wordsWith({ clean }: ServerAddress): Broker['wordsOf'] {
  return (error) => clean(error instanceof Error ? error.message : String(error));
}

interface Reachable extends Broker {
  readonly reach: () => Promise<void>;
}

function redisBroker(address: ServerAddress): Reachable {
  const { url, shown } = address;
  const connection = { url, maxRetriesPerRequest: null };
  const ask = async <T>(question: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(url, {
      lazyConnect: true,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      connectTimeout: 5000,
    });
    // The rejection only says that the connection is closed; the first error event gives the reason.
    let why: Error | undefined;
    client.on('error', (error) => {
      why ??= error;
    });
    try {
      await client.connect();
      return await question(client);
    } catch (error) {
      throw why ?? error;
    } finally {
      client.disconnect();
    }
  };
  return {
    shown,
    wordsOf: wordsWith(address),
    queue: <D, R>(name: string) => silent(new Queue<D, R, string, D, R, string>(name, { connection })),
    worker: (name, processor, times) => silent(new Worker(name, processor, { connection, ...workerOptions(times) })),
    reach: async () => {
      await ask((client) => client.ping());
    },
    requireDurable: async () => {
      await ask((client) => requireAppendOnly(client, shown));
    },
  };
}

async function requireAppendOnly(client: Redis, shown: string): Promise<void> {
  const setting = async (name: string): Promise<string | undefined> =>
    ((await client.config('GET', name).catch(() => [])) as string[])[1];
  const [append, policy] = [await setting('appendonly'), await setting('maxmemory-policy')];
  const cure = 'or give --allow-volatile: what is lost is then done again';
  if (append !== 'yes')
    throw new InputError(
      `the Redis at ${shown} must keep an append-only file (appendonly yes), got appendonly ${append ?? 'unknown'}: a crash would lose its queue; set it, ${cure}`,
    );
  if (policy !== undefined && policy !== 'noeviction')
    throw new InputError(
      `the Redis at ${shown} must not evict keys (maxmemory-policy noeviction), got ${policy}; set it, ${cure}`,
    );
}

function postgresBroker(address: ServerAddress): Reachable {
  const { url, shown } = address;
  const classes = withBackend(createPostgresBackend);
  const connection = { connectionString: url, migrate: true };
  return {
    shown,
    wordsOf: wordsWith(address),
    queue: <D, R>(name: string) => silent(new classes.Queue(name, { connection })) as unknown as JobQueue<D, R>,
    worker: (name, processor, times) =>
      silent(
        new classes.Worker(name, processor as never, { connection, ...workerOptions(times) }),
      ) as unknown as Worker,
    reach: async () => {
      const queue = silent(new classes.Queue('basin-studies', { connection }));
      try {
        await queue.waitUntilReady();
      } finally {
        await queue.close();
      }
    },
    requireDurable: () => Promise.resolve(),
  };
}

function workerOptions({ lockMilliseconds, checkMilliseconds }: StallTimes) {
  return {
    concurrency: 1,
    lockDuration: lockMilliseconds,
    stalledInterval: checkMilliseconds,
    maxStalledCount: MOST_STALLS,
  };
}

/**
 * The library restores a broken connection, so its error events need no report. Without a listener they would end the
 * process.
 */
function silent<T extends { on: (event: 'error', listener: () => void) => unknown }>(source: T): T {
  source.on('error', () => undefined);
  return source;
}
