/**
 * One night: it continues a round or begins the next one, judges what is complete, and writes history, page and JUnit.
 */
import { join } from 'node:path';
import { writeWhole } from '../../base/whole.js';
import { appendNight, HISTORY_FILE, lastOfRounds, readHistory, roundsOf } from '../../nightly/history.js';
import { JUNIT_FILE, junitXml } from '../../nightly/junit.js';
import { nightlyPage, nightlyProgram, PAGE_FILE } from '../../nightly/page.js';
import type { NightRecord } from '../../nightly/record.js';
import { regressionsOf } from '../../nightly/regressions.js';
import type { NightReport } from '../../nightly/report.js';
import {
  expiredRounds,
  isOver,
  removeRounds,
  requireNightlyFolder,
  roundFolder,
  storedRounds,
  type RoundState,
} from '../../nightly/rounds.js';
import { standingOf, type StandingClaim } from '../../nightly/standing.js';
import type { ExperimentContent } from '../../report/content.js';
import { lockStudy, type StudyLock } from '../../store/lock.js';
import type { StudyWriter } from '../../store/writer.js';
import { commitsBetween } from '../../study/provenance/provenance.js';
import { announceForeign, foreignTo, foreignWarning } from '../../study/provenance/foreign.js';
import type { ExperimentProgress } from '../../study/run/outcome.js';
import type { Warn } from '../warn.js';
import { openRound, type OpenRound, type RoundRequest } from './round.js';
import type { NightControl } from './control.js';
import { runNight } from './run.js';
import { packageVersion } from '../../base/package.js';
import { contentOf, drawStudy, experimentContent, problemsOf } from '../results.js';
import { thisBuild, thisOrigin, thisProvenance } from '../provenance.js';

export interface NightRequest extends RoundRequest {
  readonly workers: number;
  readonly budgetSeconds: number;
  /** number of rounds whose studies are kept */
  readonly keep: number;
  /** whether trials from another program or machine prevent the addition of new ones */
  readonly strict: boolean;
  /** nights of another folder, oldest first, with which this one is compared too */
  readonly past: readonly NightRecord[];
}

export interface NightConducting {
  /** stops the night */
  readonly control: NightControl;
  /** the part of the command line that is stored */
  readonly commandLine: readonly string[];
  /** `folder`: of the study of the night's round */
  readonly onProgress: (progress: readonly ExperimentProgress[], folder: string) => void;
  readonly warn: Warn;
  /** Called when all computation has ended and the pages are being made. */
  readonly onDrawing: () => void;
}

export interface ConductedNight {
  readonly report: NightReport;
  readonly page: string;
  readonly junit: string;
}

/** Runs one night. Throws `InputError` for an impossible grid, before a study is written. */
export async function conductNight(request: NightRequest, conducting: NightConducting): Promise<ConductedNight> {
  requireNightlyFolder(request.directory);
  const lock = lockStudy(request.directory);
  try {
    return await spendNight(request, conducting, lock);
  } finally {
    lock.release();
  }
}

async function spendNight(
  request: NightRequest,
  conducting: NightConducting,
  lock: StudyLock,
): Promise<ConductedNight> {
  const { directory, keep, past } = request;
  const historyFile = join(directory, HISTORY_FILE);
  const { nights, torn } = readHistory(historyFile);
  const open = openRound(request, nights);
  try {
    const { night, claims, contents, remarks } = await work(request, conducting, open, nights);
    conducting.onDrawing();
    lock.requireHeld();
    appendNight(historyFile, night);
    const content = contentOf(open.store, contents);
    const written = await drawStudy(open.store, content, conducting.warn);
    const stuck = removeRounds(directory, expiredRounds(storedRounds(directory), night.round, night.over, keep));
    const notes = [
      ...(torn ? [`the last line of ${HISTORY_FILE} was cut off and is left out`] : []),
      ...open.notes,
      ...remarks,
      ...problemsOf(content, written),
      ...stuck.map((round) => `${roundFolder(round)} cannot be removed`),
    ];
    const before = nights.filter(({ round }) => round < night.round);
    const [earlier, other] = [before, past].map((all) => lastOfRounds(all, night.scale));
    const rounds = [past, before].flatMap((all) => roundsOf(all, night.scale));
    const regressions = regressionsOf({ night, claims, rounds, commitsBetween });
    const kept = storedRounds(directory);
    return await writePages(directory, { night, claims, earlier, past: other, regressions, kept, notes });
  } finally {
    open.store.close();
  }
}

async function writePages(directory: string, report: NightReport): Promise<ConductedNight> {
  const [junit, page] = [join(directory, JUNIT_FILE), join(directory, PAGE_FILE)];
  writeWhole(junit, junitXml(report));
  writeWhole(page, nightlyPage(report, await nightlyProgram()));
  return { report, page, junit };
}

interface NightsWork extends Pick<NightReport, 'night' | 'claims'> {
  readonly contents: readonly ExperimentContent[];
  readonly remarks: readonly string[];
}

async function work(
  request: NightRequest,
  conducting: NightConducting,
  { round, store, grids }: OpenRound,
  nights: readonly NightRecord[],
): Promise<NightsWork> {
  const { workers, budgetSeconds, strict } = request;
  const { control, commandLine, onProgress, warn } = conducting;
  const [began, date] = [performance.now(), new Date().toISOString()];
  const [provenance, origin] = [thisProvenance(commandLine), thisOrigin()];
  const remarks: string[] = [];
  const { scale, seed } = store.identity;
  const measured = (id: string) =>
    nights
      .filter((night) => night.scale === scale)
      .flatMap(({ experiments }) => experiments)
      .findLast((experiment) => experiment.id === id && experiment.done > 0);
  const { ending, experiments: states } = await runNight({
    store,
    control,
    grids,
    workers,
    budgetSeconds,
    provenance,
    origin,
    measured,
    onProgress: (progress) => {
      onProgress(progress, store.dir);
    },
    beforeAdding: (makers) => {
      const foreign = foreignTo(origin, makers);
      announceForeign(origin, foreign, strict, warn);
      remarks.push(...foreignWarning(origin, foreign));
    },
  });
  const { contents, experiments } = summarise(store, states);
  const claims = contents.flatMap(({ experiment: { id }, claims: all }) =>
    all.map((claim) => standingOf(id, claim, isComplete(experiments, id))),
  );
  const night: NightRecord = {
    date,
    round,
    scale,
    seed,
    basin: packageVersion(),
    commit: String(provenance['commit']),
    build: thisBuild(),
    seconds: (performance.now() - began) / 1000,
    ending,
    over: isOver(states, round, nights),
    experiments,
    claims: claims.filter(({ standing }) => standing !== 'unfinished').map(recordOfClaim),
  };
  return { night, claims, contents, remarks };
}

function isComplete(experiments: NightRecord['experiments'], id: string): boolean {
  return experiments.some((experiment) => experiment.id === id && experiment.done === experiment.planned);
}

function recordOfClaim({
  experiment,
  claim: { id, verdict, reason, value, low, high },
}: StandingClaim): NightRecord['claims'][number] {
  return { experiment, id, verdict, ...(reason === undefined ? {} : { reason }), value, low, high };
}

/** The experiments of a round. An experiment whose summary fails has no content, and counts as a failure. */
function summarise(
  store: StudyWriter,
  states: readonly RoundState[],
): { readonly contents: ExperimentContent[]; readonly experiments: NightRecord['experiments'] } {
  const stored = store.experiments();
  const contents: ExperimentContent[] = [];
  const experiments = states.map(({ record }) => {
    try {
      contents.push(
        ...stored.filter(({ id }) => id === record.id).map((experiment) => experimentContent(store, experiment)),
      );
      return record;
    } catch (error) {
      return { ...record, failure: record.failure ?? (error instanceof Error ? error.message : String(error)) };
    }
  });
  return { contents, experiments };
}
