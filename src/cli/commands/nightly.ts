import { NightControl } from '../../app/night/control.js';
import { conductNight, type ConductedNight, type NightRequest } from '../../app/night/night.js';
import { readPast } from '../../nightly/history.js';
import { regressionLine } from '../../nightly/regressions.js';
import { colourOf, failures, headline, type NightReport } from '../../nightly/report.js';
import { verdictLine } from '../../nightly/standing.js';
import { resolveValues } from '../../study/grid/values.js';
import { chosenExperiments } from '../chosen.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { keptCommandLine } from '../given.js';
import { withOnDone } from '../onDone.js';
import { LivePage } from '../livePage.js';
import { parseBudget, parseKeep, parseScale, parseSeed } from '../values.js';
import { print, printJson } from '../output.js';
import { studyProgress } from '../progress.js';
import { parseWorkers } from '../runOptions.js';
import { endOnSignals, stopOnSignals } from '../signals.js';

interface Options {
  readonly scale: string;
  readonly budget: string;
  readonly keep: string;
  readonly out: string;
  readonly history?: string;
  readonly workers?: string;
  readonly seed?: string;
  readonly strict?: boolean;
  readonly live?: boolean;
  readonly onDone?: string;
  readonly json?: boolean;
}

/** `basin nightly`: reproduces the papers at full scale, over many nights. */
export const act = (setExitCode: SetExitCode) => async (ids: readonly string[], options: Options) => {
  const request = parseRequest(ids, options);
  const perform = async (): Promise<ExitCodeValue> => {
    const night = await spend(request, options.live === true);
    if (options.json === true) printJson(documentOf(night));
    else print(textOf(night));
    return exitCodeOf(night.report);
  };
  setExitCode(await withOnDone(options.onDone, request.directory, perform));
};

function parseRequest(ids: readonly string[], options: Options): NightRequest {
  const scale = parseScale(options.scale);
  return {
    chosen: chosenExperiments(ids).map((experiment) => ({
      experiment,
      values: resolveValues(experiment, scale, new Map()),
    })),
    scale,
    budgetSeconds: parseBudget(options.budget),
    keep: parseKeep(options.keep),
    directory: options.out,
    workers: parseWorkers(options.workers),
    strict: options.strict === true,
    past: options.history === undefined ? [] : readPast(options.history),
    ...(options.seed === undefined ? {} : { seed: parseSeed(options.seed) }),
  };
}

async function spend(request: NightRequest, live: boolean): Promise<ConductedNight> {
  const progress = studyProgress();
  const page = live ? new LivePage(progress.say) : undefined;
  const control = new NightControl();
  let release = stopOnSignals(control, progress);
  try {
    return await conductNight(request, {
      control,
      commandLine: keptCommandLine(),
      onProgress: (all, folder) => {
        page?.open(folder);
        page?.tell(control);
        progress.update(all);
      },
      warn: progress.warn,
      onDrawing: () => {
        progress.end();
        release();
        release = endOnSignals(
          () => 'stopped by a signal while the pages were drawn; the results are stored, and the next night draws them',
        );
      },
    });
  } finally {
    await page?.end();
    release();
    progress.end();
  }
}

function textOf({ report, page }: ConductedNight): string {
  const { night, claims, notes, regressions } = report;
  const unfinished = night.experiments
    .filter(({ done, planned }) => done < planned)
    .map(({ id, done, planned }) => `${id}: unfinished, ${done} of ${planned} trials`);
  return [
    ...claims.filter(({ standing }) => standing !== 'unfinished').map(verdictLine),
    ...unfinished,
    ...failures(night),
    ...regressions.map((one) => `regression: ${regressionLine(one)}`),
    ...notes,
    headline(report),
    `page: ${page}`,
  ].join('\n');
}

function documentOf({ report, page, junit }: ConductedNight): object {
  const {
    night: { date, round, scale, seed, ending, over, seconds, experiments },
    claims,
    regressions,
    notes,
  } = report;
  return {
    date,
    round,
    scale,
    seed,
    seconds,
    ending,
    over,
    colour: colourOf(report),
    experiments,
    claims: claims.map(({ experiment, claim, standing }) => ({ experiment, ...claim, standing })),
    regressions,
    notes,
    page,
    junit,
  };
}

function exitCodeOf({ night, claims }: NightReport): ExitCodeValue {
  if (failures(night).length > 0) return ExitCode.internal;
  if (claims.some(({ standing }) => standing === 'fails')) return ExitCode.differs;
  return night.over ? ExitCode.done : ExitCode.stopped;
}
