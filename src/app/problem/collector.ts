/** What a trial hands out, kept in memory. */
import type { Keeper, ProblemWords } from '../../experiments/keeper.js';

export interface KeptArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

export class Collector implements Keeper {
  readonly #arrays = new Map<string, KeptArray>();
  #words: ProblemWords | undefined;

  readonly array = (name: string, shape: readonly number[], values: Float64Array): void => {
    this.#arrays.set(name, { name, shape, values: values.slice() });
  };

  readonly problem = (words: ProblemWords): void => {
    this.#words = words;
  };

  /** in the order in which they came */
  get arrays(): readonly KeptArray[] {
    return [...this.#arrays.values()];
  }

  /** undefined: no problem was planted */
  get words(): ProblemWords | undefined {
    return this.#words;
  }
}
