/** The warnings of a forecast. */
import { totalmem } from 'node:os';
import { freeBytes } from '../base/directory.js';
import { formatBytes, formatCount, formatSeconds } from '../base/amounts.js';
import type { ExperimentForecast, Forecast } from '../study/forecast/forecast.js';
import type { ExperimentPilot } from '../study/forecast/pilot.js';
import { gridOf } from '../study/grid/cells.js';
import type { PilotedStudy } from './pilot.js';
import type { StudyRequest } from './request.js';

const LONG_SECONDS = 3600;

export function forecastWarnings(
  request: StudyRequest,
  study: PilotedStudy,
  experiments: readonly ExperimentForecast[],
  total: Forecast,
  quick: () => StudyRequest | undefined,
): string[] {
  return [
    ...(total.seconds.value > LONG_SECONDS ? [hours(request, study, total, quick)] : []),
    ...shortage(
      `the store takes about ${formatBytes(total.storeBytes)}`,
      total.storeBytes,
      freeBytes(request.directory),
      `on the disk of '${request.directory}'`,
    ),
    ...experiments.flatMap(({ id, peakBytes }) =>
      shortage(
        `trials of ${id} on ${formatCount(study.workers, 'worker')} take about ${formatBytes(peakBytes)} of memory`,
        peakBytes,
        totalmem(),
        'in this machine',
      ),
    ),
    ...experiments.flatMap(({ id, grows, left }) =>
      grows && left > 0
        ? [`${id}: further trials follow from results; the forecast is of those that are planned now`]
        : [],
    ),
    ...experiments.flatMap((one, index) => ofPilot(one, study.seconds, study.pilots[index])),
  ];
}

function hours(
  request: StudyRequest,
  study: PilotedStudy,
  total: Forecast,
  quick: () => StudyRequest | undefined,
): string {
  const time = `about ${formatSeconds(total.seconds.value)} on ${formatCount(study.workers, 'worker')}; with --budget it stops in time, and the same command continues later`;
  const smaller = request.identity.scale === 'paper' ? quick() : undefined;
  return smaller === undefined
    ? time
    : `${time}; --scale quick takes about ${formatSeconds(quickSeconds(smaller, study))}`;
}

function quickSeconds({ chosen, identity }: StudyRequest, { pilots, workers }: PilotedStudy): number {
  const seconds = chosen.map((one, index) =>
    gridOf(one, identity.seed).cells.reduce(
      (sum, { trials, trialSettings }) =>
        sum + pilots[index].model.seconds(trials, trials * one.experiment.cost(trialSettings)),
      0,
    ),
  );
  return seconds.reduce((sum, own) => sum + own, 0) / workers;
}

function shortage(what: string, wanted: number, present: number, where: string): string[] {
  return wanted > present ? [`${what}, ${formatBytes(present)} are ${where}`] : [];
}

// Without a pilot, or if memory is too small for one, there is no statement about trials that were not observed.
function ofPilot(
  { id, left, peakBytes }: ExperimentForecast,
  seconds: number,
  { seen, failed, error }: ExperimentPilot,
): string[] {
  const trials = [...seen.values()].reduce((sum, own) => sum + own.trials, 0);
  if (failed > 0) return [`${failed} of ${formatCount(trials, 'pilot trial')} of ${id} failed: ${error ?? 'unknown'}`];
  return left > 0 && trials === 0 && seconds > 0 && !(peakBytes > totalmem())
    ? [
        `no pilot trial of ${id} ended in ${formatSeconds(seconds)}: its times are assumed, a longer pilot (basin plan --pilot) measures them`,
      ]
    : [];
}
