/** Prints what a study will take. */
import { forecastStudy, type StudyForecast } from '../app/forecast.js';
import type { PilotedStudy } from '../app/pilot.js';
import type { StudyRequest } from '../app/request.js';
import { formatBytes, formatCount, formatSeconds } from '../base/amounts.js';
import { key, named, numeric } from '../report/table.js';
import type { Interval } from '../statistics/estimate.js';
import { ASSUMED_FLOPS_PER_SECOND } from '../core/speed.js';
import type { Forecast } from '../study/forecast/forecast.js';
import { paragraph, print, printJson, table } from './output.js';
import { warn } from './say.js';

export interface ForecastOptions {
  readonly pilotSeconds: number;
  readonly json: boolean;
  /** the same study at scale quick */
  readonly quick: () => StudyRequest | undefined;
}

/** Prints the forecast of a study; warnings go to stderr. */
export async function printForecast(
  request: StudyRequest,
  { pilotSeconds, json, quick }: ForecastOptions,
): Promise<void> {
  const forecast = await forecastStudy(request, pilotSeconds, quick);
  if (json) printJson(documentOf(forecast));
  else print(textOf(forecast));
  forecast.warnings.forEach(warn);
}

function documentOf({ experiments, total, study }: StudyForecast): unknown {
  const shown = ({ cells, trials, done, left, coreSeconds, seconds, storeBytes, trialBytes }: Forecast): unknown => ({
    cells,
    trials,
    done,
    left,
    coreSeconds,
    seconds,
    storeBytes,
    trialBytes,
  });
  return {
    workers: study.workers,
    experiments: experiments.map((one) => ({ id: one.id, ...(shown(one) as object) })),
    total: shown(total),
    pilot: { trials: pilotTrials(study), seconds: study.seconds, share: shareExtrapolated(total) },
  };
}

function textOf({ experiments, total, study }: StudyForecast): string {
  const row = (name: string, one: Forecast): string[] => [
    name,
    ...[one.cells, one.trials, one.done, one.left].map(String),
    formatRange(one.coreSeconds),
    formatRange(one.seconds),
    formatBytes(one.storeBytes),
    formatBytes(one.trialBytes),
  ];
  const columns = [
    key(named('experiment')),
    ...['cells', 'trials', 'done', 'left'].map((title) => numeric(title)),
    ...['core time', `on ${formatCount(study.workers, 'worker')}`, 'store', 'memory of a trial'].map(named),
  ];
  const rows = experiments.map((one) => row(one.id, one));
  return [
    table(columns, [...rows, ...(rows.length > 1 ? [row('total', total)] : [])]),
    '',
    paragraph(pilotLine(study, total)),
  ].join('\n');
}

function formatRange({ value, low, high }: Interval): string {
  return value === 0 ? '0 s' : `${formatSeconds(value)} (${formatSeconds(low)} to ${formatSeconds(high)})`;
}

function pilotLine(study: PilotedStudy, total: Forecast): string {
  const trials = pilotTrials(study);
  if (trials === 0)
    return total.left === 0
      ? 'nothing is left to do'
      : `no pilot trials: times assume ${ASSUMED_FLOPS_PER_SECOND / 1e9}·10⁹ operations a second`;
  const share = Math.round(100 * shareExtrapolated(total));
  return `pilot: ${formatCount(trials, 'trial')} in ${formatSeconds(study.seconds)}, not stored; ${share} % of the operations left are in cells without a pilot trial, whose times are estimated from their operations`;
}

function pilotTrials({ pilots }: PilotedStudy): number {
  return pilots.reduce((sum, { seen }) => sum + [...seen.values()].reduce((own, { trials }) => own + trials, 0), 0);
}

function shareExtrapolated({ operations, extrapolated }: Forecast): number {
  return operations === 0 ? 0 : extrapolated / operations;
}
