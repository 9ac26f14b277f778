/** Notes which cells a claim reads. */
import type { CellSummary } from './spec.js';

/** What a claim may read of a cell without resting on its trials. */
const NAMES: ReadonlySet<string | symbol> = new Set([
  'settings',
  'trials',
  'planned',
  'failed',
  'diverged',
  'censored',
]);

export class Reads {
  #read = new Set<number>();

  /** The same cells; what is read of their results is noted. */
  watch(cells: readonly CellSummary[]): CellSummary[] {
    return cells.map(
      (cell, at) =>
        new Proxy(cell, {
          get: (target, name, receiver): unknown => {
            if (!NAMES.has(name)) this.#read.add(at);
            return Reflect.get(target, name, receiver);
          },
        }),
    );
  }

  /** The places of the cells that were read since the last call. */
  take(): ReadonlySet<number> {
    const read = this.#read;
    this.#read = new Set();
    return read;
  }
}
