import { SCALES } from '../../settings/scale.js';
import { resolveValues } from '../../study/values.js';
import { chosenExperiments } from '../chosen.js';
import type { SetExitCode } from '../exit.js';
import { conductNight, type NightRequest } from '../night.js';
import { parseChoice, parseDuration, parseInteger } from '../options.js';
import { parseWorkers } from '../runOptions.js';

interface Options {
  readonly scale: string;
  readonly budget: string;
  readonly keep: string;
  readonly out: string;
  readonly workers?: string;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** `basin nightly`: the papers at full scale, night after night. */
export const act = (setExitCode: SetExitCode) => async (ids: readonly string[], options: Options) => setExitCode(await conductNight(parseRequest(ids, options), options.json === true));

function parseRequest(ids: readonly string[], options: Options): NightRequest {
  const scale = parseChoice('--scale', options.scale, SCALES);
  return {
    chosen: chosenExperiments(ids).map((experiment) => ({ experiment, values: resolveValues(experiment, scale, new Map()) })),
    scale,
    budgetSeconds: parseDuration('--budget', options.budget),
    keep: parseInteger('--keep', options.keep, 1, 1e6),
    directory: options.out,
    workers: parseWorkers(options.workers),
    strict: options.strict === true,
    ...(options.seed === undefined ? {} : { seed: parseInteger('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER) }),
  };
}
