import { ensureWritableFile } from '../../base/directory.js';
import { InputError } from '../../base/errors.js';
import { leftOf } from '../../study/forecast/left.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { printForecast } from '../forecasting.js';
import { printBeside, printJson, requireOneOutput } from '../output.js';
import { PILOT_SECONDS, pilotStudy } from '../../app/pilot.js';
import type { StudyRequest } from '../../app/request.js';
import { isModule, isStudyFile } from '../../base/fileKinds.js';
import {
  quickRequestOfFile,
  requestOfFile,
  requestOfIds,
  requestOfModule,
  type ExperimentsOptions,
} from '../request.js';
import { planCounts, writeShardPlan } from '../../app/cluster/plan.js';
import { ifGiven } from '../runOptions.js';
import { parsePilot, parseUnit } from '../values.js';
import { moduleExperiment } from '../../definitions/module.js';
import { codeOfPlan, type ShardPlan } from '../../shards/plan.js';
import { codeLines, codeOf } from '../ownCode.js';

interface Options extends ExperimentsOptions {
  readonly pilot?: string;
  readonly output?: string;
  readonly unit?: string;
  readonly json?: boolean;
}

/** `basin plan`: forecasts what a study will take. With `-o`, it divides the study into units for several machines. */
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
  const pilotSeconds = ifGiven(options.pilot, parsePilot) ?? PILOT_SECONDS;
  const smaller = await smallerRequest(what, { ...options, scale: 'quick' });
  await printForecast(request, { pilotSeconds, json, quick: () => smaller });
  return ExitCode.done;
}

/** The same request at scale quick, if that scale exists for it. */
async function smallerRequest(what: readonly string[], options: Options): Promise<StudyRequest | undefined> {
  const [file = ''] = what;
  return isStudyFile(file) ? await quickRequestOfFile(file, options) : await requestOf(what, options);
}

async function requestOf(what: readonly string[], options: Options): Promise<StudyRequest | undefined> {
  const own = what.some(isModule);
  if (!own && !what.some(isStudyFile)) return requestOfIds(what, options);
  const [file, ...more] = what;
  if (more.length > 0)
    throw new InputError(`basin plan takes experiment ids, or one study file or module, got ${what.join(' ')}`);
  if (own) return requestOfModule(file, await moduleExperiment(file), options);
  return await requestOfFile(file, options);
}

/** The size of units follows from a pilot, or from the assumed rate. */
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
  const unitSeconds = parseUnit(unit);
  const { pilots } = await pilotStudy(leftOf(request.identity, request.chosen), request.workers, parsePilot(pilot));
  const plan = writeShardPlan(file, {
    identity: request.identity,
    chosen: request.chosen,
    unitSeconds,
    secondsPerTrial: (chosen, settings) =>
      pilots[request.chosen.indexOf(chosen)].model.seconds(1, chosen.experiment.cost(settings)),
  });
  const counts = planCounts(plan);
  const code = codeOfPlan(plan).map((one) => ({ experiment: one.id, ...codeOf(one.code) }));
  if (json === true) printJson({ output: file, ...counts, ...(code.length === 0 ? {} : { code }) });
  else printBeside(file, [`${file}: ${counts.units} units, ${counts.trials} trials`, ...carriedLines(plan)].join('\n'));
}

/** Lines that say which code a plan carries: whoever performs the plan runs this code. */
function carriedLines(plan: ShardPlan): string[] {
  return codeOfPlan(plan).flatMap(({ id, code }) => [`with code of your own: ${id}`, ...codeLines(code)]);
}
