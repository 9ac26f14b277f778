/** One night: continues a round or begins the next, judges what is complete, and writes history, page and JUnit. */
import { join } from 'node:path';
import { writeWhole } from '../base/whole.js';
import { appendNight, HISTORY_FILE, lastOfRounds, readHistory } from '../nightly/history.js';
import { JUNIT_FILE, junitXml } from '../nightly/junit.js';
import { nightlyPage, PAGE_FILE } from '../nightly/page.js';
import type { NightRecord } from '../nightly/record.js';
import { colourOf, failures, headline, type NightReport } from '../nightly/report.js';
import { expiredRounds, isOver, removeRounds, requireNightlyFolder, roundFolder, storedRounds, type RoundState } from '../nightly/rounds.js';
import { standingOf, verdictLine, type StandingClaim } from '../nightly/standing.js';
import type { ExperimentContent } from '../report/content.js';
import { lockStudy, type StudyLock } from '../store/lock.js';
import type { StudyWriter } from '../store/writer.js';
import { announceForeign, foreignTo, foreignWarning } from '../study/foreign.js';
import { gridOf } from '../study/values.js';
import { ExitCode, type ExitCodeValue } from './exit.js';
import { openRound, type OpenRound, type RoundRequest } from '../app/night/round.js';
import { runNight } from './nightRun.js';
import { print, printJson } from './output.js';
import { keptCommandLine } from './given.js';
import { warn } from './say.js';
import { endOnSignals } from './signals.js';
import { packageVersion } from '../base/package.js';
import { contentOf, drawStudy, experimentContent, problemsOf } from '../app/results.js';
import { thisBuild, thisOrigin, thisProvenance } from '../app/provenance.js';

export interface NightRequest extends RoundRequest {
  readonly workers: number;
  readonly budgetSeconds: number;
  /** rounds whose studies stay */
  readonly keep: number;
  /** whether trials of another program or machine are a reason to add none */
  readonly strict: boolean;
}

export async function conductNight(request: NightRequest, json: boolean): Promise<ExitCodeValue> {
  // A grid that cannot be is refused before anything is written.
  for (const { experiment, values } of request.chosen) gridOf(experiment, values);
  requireNightlyFolder(request.directory);
  const lock = lockStudy(request.directory);
  try {
    const report = await spendNight(request, lock);
    if (json) printJson(documentOf(request, report));
    else print(textOf(request, report));
    return exitCodeOf(report);
  } finally {
    lock.release();
  }
}

async function spendNight(request: NightRequest, lock: StudyLock): Promise<NightReport> {
  const { directory, keep } = request;
  const historyFile = join(directory, HISTORY_FILE);
  const { nights, torn } = readHistory(historyFile);
  const open = openRound(request, nights);
  let release = (): void => undefined;
  try {
    const { night, claims, contents, remarks } = await work(request, open, nights);
    release = endOnSignals(() => 'stopped by a signal while the pages were drawn; the results are stored, and the next night draws them');
    lock.requireHeld();
    appendNight(historyFile, night);
    const content = contentOf(open.store, contents);
    const written = await drawStudy(open.store, content, warn);
    const stuck = removeRounds(directory, expiredRounds(storedRounds(directory), night.round, night.over, keep));
    const notes = [
      ...(torn ? [`the last line of ${HISTORY_FILE} was cut off and is left out`] : []), ...open.notes, ...remarks,
      ...problemsOf(content, written),
      ...stuck.map((round) => `${roundFolder(round)} cannot be removed`),
    ];
    const earlier = lastOfRounds(nights, night.scale).filter(({ round }) => round < night.round);
    const report = { night, claims, earlier, kept: storedRounds(directory), notes };
    writeWhole(join(directory, JUNIT_FILE), junitXml(report));
    writeWhole(join(directory, PAGE_FILE), nightlyPage(report));
    return report;
  } finally {
    release();
    open.store.close();
  }
}

async function work({ workers, budgetSeconds, strict }: NightRequest, { round, store, chosen }: OpenRound, nights: readonly NightRecord[]): Promise<Pick<NightReport, 'night' | 'claims'> & { readonly contents: readonly ExperimentContent[]; readonly remarks: readonly string[] }> {
  const [began, date] = [performance.now(), new Date().toISOString()];
  const [provenance, origin] = [thisProvenance(keptCommandLine()), thisOrigin()];
  const remarks: string[] = [];
  const { scale, seed } = store.identity;
  const measured = (id: string) => nights.filter((night) => night.scale === scale).flatMap(({ experiments }) => experiments).findLast((experiment) => experiment.id === id && experiment.done > 0);
  const { ending, experiments: states } = await runNight({
    store, chosen, workers, budgetSeconds, provenance, origin, measured,
    beforeAdding: (makers) => {
      const foreign = foreignTo(origin, makers);
      announceForeign(origin, foreign, strict, warn);
      remarks.push(...foreignWarning(origin, foreign));
    },
  });
  const { contents, experiments } = summarise(store, states);
  const claims = contents.flatMap(({ experiment: { id }, claims: all }) => all.map((claim) => standingOf(id, claim, isComplete(experiments, id))));
  const night: NightRecord = {
    date, round, scale, seed, basin: packageVersion(), commit: String(provenance['commit']), build: thisBuild(),
    seconds: (performance.now() - began) / 1000, ending, over: isOver(states, round, nights), experiments,
    claims: claims.filter(({ standing }) => standing !== 'unfinished').map(recordOfClaim),
  };
  return { night, claims, contents, remarks };
}

function isComplete(experiments: NightRecord['experiments'], id: string): boolean {
  return experiments.some((experiment) => experiment.id === id && experiment.done === experiment.planned);
}

function recordOfClaim({ experiment, claim: { id, verdict, reason, value, low, high } }: StandingClaim): NightRecord['claims'][number] {
  return { experiment, id, verdict, ...(reason === undefined ? {} : { reason }), value, low, high };
}

/** The experiments of a round; one whose summary fails has no content, and a failure. */
function summarise(store: StudyWriter, states: readonly RoundState[]): { readonly contents: ExperimentContent[]; readonly experiments: NightRecord['experiments'] } {
  const stored = store.experiments();
  const contents: ExperimentContent[] = [];
  const experiments = states.map(({ record }) => {
    try {
      contents.push(...stored.filter(({ id }) => id === record.id).map((experiment) => experimentContent(store, experiment)));
      return record;
    } catch (error) {
      return { ...record, failure: record.failure ?? (error instanceof Error ? error.message : String(error)) };
    }
  });
  return { contents, experiments };
}

function textOf({ directory }: NightRequest, report: NightReport): string {
  const { night, claims, notes } = report;
  const unfinished = night.experiments.filter(({ done, planned }) => done < planned).map(({ id, done, planned }) => `${id}: unfinished, ${done} of ${planned} trials`);
  return [
    ...claims.filter(({ standing }) => standing !== 'unfinished').map(verdictLine), ...unfinished, ...failures(night), ...notes,
    headline(report), `page: ${join(directory, PAGE_FILE)}`,
  ].join('\n');
}

function documentOf({ directory }: NightRequest, report: NightReport): object {
  const { night: { date, round, scale, seed, ending, over, seconds, experiments }, claims, notes } = report;
  return {
    date, round, scale, seed, seconds, ending, over, colour: colourOf(report), experiments,
    claims: claims.map(({ experiment, claim, standing }) => ({ experiment, ...claim, standing })),
    notes, page: join(directory, PAGE_FILE), junit: join(directory, JUNIT_FILE),
  };
}

function exitCodeOf({ night, claims }: NightReport): ExitCodeValue {
  if (failures(night).length > 0) return ExitCode.internal;
  if (claims.some(({ standing }) => standing === 'fails')) return ExitCode.differs;
  return night.over ? ExitCode.done : ExitCode.stopped;
}
