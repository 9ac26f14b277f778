/** Forecasts what a study will take, by a pilot, with warnings. Nothing is written. */
import {
  forecastExperiment,
  forecastTotal,
  type ExperimentForecast,
  type Forecast,
} from '../study/forecast/forecast.js';
import { leftOf } from '../study/forecast/left.js';
import { forecastWarnings } from './forecastWarnings.js';
import { pilotStudy, type PilotedStudy } from './pilot.js';
import type { StudyRequest } from './request.js';

export interface StudyForecast {
  readonly study: PilotedStudy;
  readonly experiments: readonly ExperimentForecast[];
  readonly total: Forecast;
  readonly warnings: readonly string[];
}

/** The forecast for exactly what the study's command would do now. `quick`: the same study at scale quick. */
export async function forecastStudy(
  request: StudyRequest,
  pilotSeconds: number,
  quick: () => StudyRequest | undefined,
): Promise<StudyForecast> {
  const study = await pilotStudy(
    leftOf(request.identity, request.chosen, request.directory),
    request.workers,
    pilotSeconds,
  );
  const experiments = study.left.map((one, index) => forecastExperiment(one, study.pilots[index], study.workers));
  const total = forecastTotal(experiments);
  return { study, experiments, total, warnings: forecastWarnings(request, study, experiments, total, quick) };
}
