import { mergeUnits } from '../../app/cluster/merge.js';
import type { SetExitCode } from '../exit.js';
import { printMerged } from '../merged.js';
import { warn } from '../say.js';

interface Options {
  readonly plan: string;
  readonly store: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `basin merge`: merges unit results of any number of machines into one study folder. */
export const act =
  (setExitCode: SetExitCode) =>
  async (directories: readonly string[], { plan, store, strict = false, json = false }: Options) => {
    setExitCode(printMerged(await mergeUnits(directories, { plan, store, strict }, warn), json));
  };
