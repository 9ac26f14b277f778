import { ensureWritableFile } from '../../base/directory.js';
import { InputError, refuse } from '../../base/errors.js';
import { leftOf } from '../../study/forecast/left.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { printForecast } from '../forecasting.js';
import { parseDuration } from '../options.js';
import { printBeside, printJson, requireOneOutput } from '../output.js';
import { PILOT_SECONDS, pilotStudy } from '../../app/pilot.js';
import type { StudyRequest } from '../../app/request.js';
import { quickRequestOfFile, requestOfFile, requestOfIds, type ExperimentsOptions } from '../request.js';
import { planCounts, writeShardPlan } from '../../app/cluster/plan.js';
import { parsePilot } from '../runOptions.js';
import { isModule } from '../../definitions/modules.js';
import { isStudyFile } from '../studyFile.js';

interface Options extends ExperimentsOptions {
  readonly pilot?: string;
  readonly output?: string;
  readonly unit?: string;
  readonly json?: boolean;
}

/** `basin plan`: what a study will take; with `-o` the study cut into units for several machines. */
export const act = (setExitCode: SetExitCode) => async (what: readonly string[], options: Options) =>
  setExitCode(await plan(what, options));

async function plan(what: readonly string[], options: Options): Promise<ExitCodeValue> {
  const { output, json = false } = options;
  const request = await requestOf(what, options);
  if (request === undefined) return ExitCode.usage;
  if (output !== undefined) {
    await planUnits(output, request, options);
    return ExitCode.done;
  }
  if (options.unit !== undefined) throw new InputError('--unit must be given with -o, which cuts a study into units');
  const pilotSeconds = options.pilot === undefined ? PILOT_SECONDS : parsePilot(options.pilot);
  const [file = ''] = what;
  const smaller = isStudyFile(file) ? { request: await quickRequestOfFile(file, options) } : undefined;
  await printForecast(request, {
    pilotSeconds,
    json,
    quick: () => (smaller === undefined ? requestOfIds(what, { ...options, scale: 'quick' }) : smaller.request),
  });
  return ExitCode.done;
}

async function requestOf(what: readonly string[], options: Options): Promise<StudyRequest | undefined> {
  const own = what.find(isModule);
  if (own !== undefined)
    refuse(
      'basin plan',
      'given experiments of basin or a study file (a module of your own runs on one machine so far: basin run)',
      own,
    );
  if (!what.some(isStudyFile)) return requestOfIds(what, options);
  const [file, ...more] = what;
  if (more.length > 0) throw new InputError(`basin plan takes experiment ids or one study file, got ${what.join(' ')}`);
  if (options.seed !== undefined || options.set.length > 0)
    throw new InputError('a study file has its own seed and settings: --seed and --set must not be given with it');
  return await requestOfFile(file, options);
}

/** Units are sized by a pilot, or by the assumed rate. */
async function planUnits(
  file: string,
  request: StudyRequest,
  { out, pilot = '0', unit = '5m', json }: Options,
): Promise<void> {
  if (out !== undefined)
    throw new InputError(
      '--out must not be given with -o: a plan has every trial, and basin missing says what a folder lacks',
    );
  requireOneOutput('-o', file, json);
  ensureWritableFile(file);
  const unitSeconds = parseDuration('--unit', unit);
  const { pilots } = await pilotStudy(leftOf(request.identity, request.chosen), request.workers, parsePilot(pilot));
  const plan = writeShardPlan(file, {
    identity: request.identity,
    chosen: request.chosen,
    unitSeconds,
    secondsPerTrial: (chosen, settings) =>
      pilots[request.chosen.indexOf(chosen)].model.seconds(1, chosen.experiment.cost(settings)),
  });
  const counts = planCounts(plan);
  if (json === true) printJson({ output: file, ...counts });
  else printBeside(file, `${file}: ${counts.units} units, ${counts.trials} trials`);
}
