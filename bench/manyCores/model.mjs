/**
 * A discrete model of a run: one coordinator thread with the study's own rules for leases (src/study/leases/queue.ts),
 * a store, and workers that are given one lease after the other. Whoever computes shares the cores evenly: with more
 * busy threads than cores, all run slower by the same factor. So there is one clock of work, on which every job has its
 * length, and the time that passes is that of the work times max(1, busy threads / cores).
 */
import { leaseSeconds, leaseTrials, WorkQueue } from '../../dist/study/leases/queue.js';

/**
 * @typedef {object} Costs seconds
 * @property {number} receive of the coordinator, for the result of a lease
 * @property {number} result of the coordinator, for each trial in it
 * @property {number} handOut of the coordinator, for the next lease
 * @property {number} transaction of the store
 * @property {number} row of the store, for each trial
 * @property {number} lease of a worker, for the messages of a lease
 * @property {number} trial of a worker, for each trial beside the trial itself
 */

/** Leases in flight for each worker, as in src/study/run/runner.ts. */
const LEASES_PER_WORKER = 2;

/** What can be different from the program of today. */
export const TODAY = { leaseOf: leaseSeconds, storeApart: false, waitsAtWorker: false };

/** Hands out slices of experiments in their order, as src/study/run/coordinator.ts does. */
class Work {
  #tracks;
  #leaseOf;
  #workers;

  constructor(experiments, workers, leaseOf) {
    this.#tracks = experiments.map(
      (cells) =>
        new WorkQueue(cells.map(({ seconds, trials }) => ({ cost: seconds, missing: [{ first: 0, end: trials }] }))),
    );
    this.#workers = workers;
    this.#leaseOf = leaseOf;
  }

  next() {
    const left = this.#tracks.reduce((sum, queue) => sum + queue.operations, 0);
    const length = this.#leaseOf(left, this.#workers);
    for (const queue of this.#tracks) {
      const slice = queue.next(({ cost }) => leaseTrials(length, cost));
      if (slice !== undefined) return { trials: slice.count, seconds: slice.count * slice.cell.cost };
    }
    return undefined;
  }
}

/** Threads with the moments, on the clock of work, at which they have finished. */
class Processors {
  now = 0;
  seconds = 0;
  busySeconds = new Map();
  #jobs = new Map();
  #cores;

  constructor(cores) {
    this.#cores = cores;
  }

  isBusy(thread) {
    return this.#jobs.has(thread);
  }

  start(thread, length, done) {
    this.#jobs.set(thread, { end: this.now + length, done });
    this.busySeconds.set(thread, (this.busySeconds.get(thread) ?? 0) + length);
  }

  /** Goes on to the end of the next job; false when nobody works. */
  step() {
    let first;
    for (const [thread, job] of this.#jobs) if (first === undefined || job.end < first[1].end) first = [thread, job];
    if (first === undefined) return false;
    const [thread, { end, done }] = first;
    this.seconds += (end - this.now) * Math.max(1, this.#jobs.size / this.#cores);
    this.now = end;
    this.#jobs.delete(thread);
    done();
    return true;
  }
}

const trialsOf = (leases) => leases.reduce((sum, { trials }) => sum + trials, 0);

/** The threads of a run. The coordinator's turns are those of an event loop: messages, then the store, then leases. */
class Run {
  processors;
  #work;
  #workers;
  #costs;
  #changes;
  #inFlight = 0;
  /** workers without a lease, leases that wait for a worker, and for each worker the lease that waits with it */
  #idle;
  #waiting = [];
  #beside;
  /** results on their way to the coordinator, with the worker that needs a lease; leases that are not stored yet */
  #arrived = [];
  #performed = [];
  #unstored = [];

  constructor({ experiments, workers, cores = workers, costs, changes = TODAY }) {
    this.processors = new Processors(cores);
    this.#work = new Work(experiments, workers, changes.leaseOf);
    [this.#workers, this.#costs, this.#changes] = [workers, costs, changes];
    this.#idle = Array.from({ length: workers }, (_, number) => number);
    this.#beside = Array.from({ length: workers }, () => undefined);
  }

  over() {
    this.#handOut();
    while (this.processors.step());
  }

  #perform(worker, lease) {
    const { lease: messages, trial } = this.#costs;
    this.processors.start(worker, messages + lease.seconds + lease.trials * trial, () => {
      const next = this.#beside[worker];
      this.#beside[worker] = undefined;
      this.#arrived.push({ lease, worker: next === undefined ? worker : undefined });
      if (next !== undefined) this.#perform(worker, next);
      this.#turn();
    });
  }

  #give(lease) {
    const worker = this.#idle.pop();
    if (worker !== undefined) return this.#perform(worker, lease);
    const free = this.#changes.waitsAtWorker ? this.#beside.indexOf(undefined) : -1;
    if (free < 0) this.#waiting.push(lease);
    else this.#beside[free] = lease;
  }

  #turn() {
    if (this.processors.isBusy('coordinator')) return;
    if (this.#arrived.length > 0) this.#receive(this.#arrived.splice(0));
  }

  #receive([{ lease, worker }, ...others]) {
    const { receive, result } = this.#costs;
    this.processors.start('coordinator', receive + lease.trials * result, () => {
      this.#performed.push(lease);
      if (worker !== undefined) this.#release(worker);
      if (others.length > 0) this.#receive(others);
      else this.#settle();
    });
  }

  #release(worker) {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(worker);
    else this.#perform(worker, next);
  }

  #storing(leases) {
    return this.#costs.transaction + trialsOf(leases) * this.#costs.row;
  }

  #settle() {
    const leases = this.#performed.splice(0);
    this.#inFlight -= leases.length;
    const { storeApart } = this.#changes;
    const passingOn = leases.length * this.#costs.handOut + trialsOf(leases) * this.#costs.result;
    this.processors.start('coordinator', storeApart ? passingOn : this.#storing(leases), () => {
      if (storeApart) this.#unstored.push(...leases);
      this.#store();
      this.#handOut();
    });
  }

  /** Of a store with a thread of its own. */
  #store() {
    if (this.#unstored.length === 0 || this.processors.isBusy('store')) return;
    this.processors.start('store', this.#storing(this.#unstored.splice(0)), () => this.#store());
  }

  #handOut() {
    const lease = this.#inFlight < this.#workers * LEASES_PER_WORKER ? this.#work.next() : undefined;
    if (lease === undefined) return this.#turn();
    this.#inFlight += 1;
    this.processors.start('coordinator', this.#costs.handOut, () => {
      this.#give(lease);
      this.#handOut();
    });
  }
}

/**
 * @param {object} run
 * @param {{ seconds: number, trials: number }[][]} run.experiments the cells of each
 * @param {number} run.workers
 * @param {number} [run.cores] default: one for each worker
 * @param {Costs} run.costs
 * @param {typeof TODAY} [run.changes]
 * @returns {{ seconds: number, efficiency: number, coordinator: number }} efficiency: seconds of trials over workers ×
 *   time; coordinator: share of the time that its thread computes
 */
export function simulate(run) {
  const model = new Run(run);
  model.over();
  const { seconds, busySeconds } = model.processors;
  const needed = run.experiments.flat().reduce((sum, cell) => sum + cell.seconds * cell.trials, 0);
  return {
    seconds,
    efficiency: needed / (run.workers * seconds),
    coordinator: busySeconds.get('coordinator') / seconds,
  };
}
