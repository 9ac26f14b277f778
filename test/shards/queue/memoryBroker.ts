/** A queue's server in this process: jobs lie in maps, and a test says what becomes of them. */
import type { Worker } from 'bullmq';
import type { Broker, JobQueue } from '../../../src/shards/queue/broker.js';

type State = 'waiting' | 'active' | 'delayed' | 'prioritized' | 'completed' | 'failed';

export interface MemoryJob {
  readonly id: string;
  readonly name: string;
  readonly data: unknown;
  readonly opts: object;
  state: State;
  returnvalue?: unknown;
  failedReason?: string;
}

export interface MemoryWorker {
  readonly queue: string;
  readonly perform: (job: { readonly data: unknown; readonly attemptsStarted: number }) => Promise<unknown>;
  open: boolean;
}

interface NewJob {
  readonly name: string;
  readonly data: unknown;
  readonly opts: { readonly jobId: string };
}

export class MemoryServer {
  /** of each queue, by id; an obliterated queue is not there */
  readonly queues = new Map<string, Map<string, MemoryJob>>();
  readonly workers: MemoryWorker[] = [];
  /** connections of queues that are open */
  open = 0;
  /** what the next calls end with instead */
  failures: Error[] = [];

  jobs(queue: string): MemoryJob[] {
    return [...(this.queues.get(queue)?.values() ?? [])];
  }

  get broker(): Broker {
    return {
      shown: 'memory://here',
      wordsOf: (error) => (error instanceof Error ? error.message : String(error)),
      queue: <D, R>(name: string) => {
        this.open += 1;
        return this.#queue(name) as unknown as JobQueue<D, R>;
      },
      worker: <D, R>(queue: string, perform: unknown) => {
        const worker: MemoryWorker = { queue, perform: perform as MemoryWorker['perform'], open: true };
        this.workers.push(worker);
        const close = (): Promise<void> => {
          worker.open = false;
          return Promise.resolve();
        };
        return { close } as unknown as Worker<D, R>;
      },
      requireDurable: () => Promise.resolve(),
    };
  }

  #queue(queue: string) {
    const answer = <T>(value: () => T): Promise<T> => {
      const failure = this.failures.shift();
      return failure === undefined ? Promise.resolve(value()) : Promise.reject(failure);
    };
    const add = ({ name, data, opts }: NewJob): void => {
      const jobs = this.queues.get(queue) ?? new Map<string, MemoryJob>();
      this.queues.set(queue, jobs);
      if (!jobs.has(opts.jobId)) jobs.set(opts.jobId, { id: opts.jobId, name, data, opts, state: 'waiting' });
    };
    const inState = (state: State): MemoryJob[] => this.jobs(queue).filter((job) => job.state === state);
    return {
      add: (name: string, data: unknown, opts: NewJob['opts']) =>
        answer(() => {
          add({ name, data, opts });
        }),
      addBulk: (jobs: readonly NewJob[]) =>
        answer(() => {
          jobs.forEach(add);
        }),
      // As the library does: from the first, ends included, in the order in which they came only when asked for.
      getJobs: (states: readonly State[], from = 0, to = -1, ascending = false) =>
        answer(() => {
          const jobs = states.flatMap(inState);
          return (ascending ? jobs : jobs.reverse()).slice(from, to === -1 ? undefined : to + 1);
        }),
      getJobCounts: (...states: State[]) =>
        answer(() => Object.fromEntries(states.map((state) => [state, inState(state).length]))),
      remove: (id: string) => answer(() => this.queues.get(queue)?.delete(id)),
      obliterate: ({ force }: { readonly force: boolean }) => answer(() => force && this.queues.delete(queue)),
      close: () => {
        this.open -= 1;
        return Promise.resolve();
      },
    };
  }
}
