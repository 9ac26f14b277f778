/** Keeps in memory the arrays that a trial hands out. */
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

  /** the arrays in the order in which they were handed out */
  get arrays(): readonly KeptArray[] {
    return [...this.#arrays.values()];
  }

  /** undefined: the trial planted no problem */
  get words(): ProblemWords | undefined {
    return this.#words;
  }
}
