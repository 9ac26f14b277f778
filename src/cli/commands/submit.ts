import { refuse } from '../../base/errors.js';
import { ENGINES } from '../definitions/words.js';
import type { SetExitCode } from '../exit.js';
import { parseChoice } from '../options.js';
import { submitToQueue } from '../submitQueue.js';
import { submitToSlurm } from '../submitSlurm.js';
import type { SubmitOptions } from '../submission.js';


/** `basin submit`: a plan on an engine, until the store is complete. */
export const act = (setExitCode: SetExitCode) => async (extra: readonly string[], options: SubmitOptions) => {
  const engine = parseChoice('--engine', options.engine, ENGINES);
  if (engine === 'bullmq' && extra.length > 0) refuse('further arguments of --engine bullmq', 'none', extra.join(' '));
  setExitCode(await (engine === 'slurm' ? submitToSlurm(extra, options) : submitToQueue(options)));
};
