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
import { planCounts, planNext, writeShardPlan, type PlanCounts } from '../../app/cluster/plan.js';
import { ifGiven } from '../runOptions.js';
import { parsePilot, parseUnit } from '../values.js';
import { moduleExperiment } from '../../definitions/module.js';
import { codeOfPlan, type ShardPlan } from '../../shards/plan.js';
import { codeLines, codeOf } from '../ownCode.js';

interface Options extends ExperimentsOptions {
  readonly pilot?: string;
  readonly output?: string;
  readonly unit?: string;
  readonly store?: string;
  readonly json?: boolean;
}

/** `basin plan`: forecasts what a study will take. With `-o`, it divides the study into units for several machines. */
export const act = (setExitCode: SetExitCode) => async (what: readonly string[], options: Options) =>
  setExitCode(await plan(what, options));

async function plan(what: readonly string[], options: Options): Promise<ExitCodeValue> {
  const { output, json = false } = options;
  const request = await requestOf(what, options);
  if (request === undefined) return ExitCode.usage;
  if (output !== undefined) return await planUnits(output, request, options);
  if (options.unit !== undefined) throw new InputError('--unit must be given with -o, which cuts a study into units');
  if (options.store !== undefined)
    throw new InputError('--store must be given with -o: it plans what the folder lacks; --out forecasts that');
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
  if (options.until !== undefined || options.most !== undefined)
    throw new InputError(`--until and --most are of the papers' experiments, got ${file}, whose file says how it ends`);
  if (own) return requestOfModule(file, await moduleExperiment(file), options);
  return await requestOfFile(file, options);
}

/**
 * Writes the plan of the trials that the study needs next. The size of units follows from a pilot, or from the assumed
 * rate. With a folder, the exit code says whether it lacks something.
 */
async function planUnits(file: string, request: StudyRequest, options: Options): Promise<ExitCodeValue> {
  const { store, pilot = '0', unit = '5m', json = false } = options;
  requireFit(options);
  requireOneOutput('-o', file, json);
  ensureWritableFile(file);
  const { identity, chosen } = request;
  const unitSeconds = parseUnit(unit);
  const { pilots } = await pilotStudy(leftOf(identity, chosen, store), request.workers, parsePilot(pilot));
  const { plan, before } = planNext(
    {
      identity,
      chosen,
      unitSeconds,
      secondsPerTrial: (one, settings) => pilots[chosen.indexOf(one)].model.seconds(1, one.experiment.cost(settings)),
    },
    store,
  );
  if (plan === undefined) {
    if (json) printJson({ output: null, stage: before.length, units: 0, trials: 0 });
    else printBeside(file, `${store ?? file}: no unit is missing, and the results ask for nothing more`);
    return ExitCode.done;
  }
  writeShardPlan(file, plan, before);
  printPlan(file, plan, json);
  return store === undefined ? ExitCode.done : ExitCode.stopped;
}

/** Throws `InputError` for options that do not go with -o. */
function requireFit({ out, store, pilot }: Options): void {
  if (out !== undefined)
    throw new InputError(
      '--out must not be given with -o: without --store a plan has every trial, with --store those that the folder lacks',
    );
  if (store !== undefined && pilot !== undefined)
    throw new InputError(
      '--pilot must not be given with --store: the plan of a stage must be the same whenever it is made',
    );
}

function printPlan(file: string, plan: ShardPlan, json: boolean): void {
  const counts = planCounts(plan);
  const code = codeOfPlan(plan).map((one) => ({ experiment: one.id, ...codeOf(one.code) }));
  if (json) printJson({ output: file, ...counts, ...(code.length === 0 ? {} : { code }) });
  else printBeside(file, [`${file}: ${countsLine(counts)}`, ...carriedLines(plan)].join('\n'));
}

function countsLine({ stage, units, trials }: PlanCounts): string {
  return `${stage === 1 ? '' : `stage ${stage}, `}${units} units, ${trials} trials`;
}

/** Lines that say which code a plan carries: whoever performs the plan runs this code. */
function carriedLines(plan: ShardPlan): string[] {
  return codeOfPlan(plan).flatMap(({ id, code }) => [`with code of your own: ${id}`, ...codeLines(code)]);
}
