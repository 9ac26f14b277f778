import { withOnDone } from '../onDone.js';
import { performStudy } from '../performing.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { printForecast } from '../forecasting.js';
import { PILOT_SECONDS } from '../../app/pilot.js';
import { requestOfIds, type ExperimentsOptions } from '../request.js';

interface Options extends ExperimentsOptions {
  readonly dryRun?: boolean;
  readonly live?: boolean;
  readonly onDone?: string;
  readonly json?: boolean;
}

/** `basin reproduce`: runs or continues the papers' experiments, draws their figures and checks their claims. */
export const act = (setExitCode: SetExitCode) => async (ids: readonly string[], options: Options) =>
  setExitCode(await reproduce(ids, options));

async function reproduce(ids: readonly string[], options: Options): Promise<ExitCodeValue> {
  const { dryRun = false, live = false, json = false } = options;
  const request = requestOfIds(ids, options);
  if (!dryRun) return await withOnDone(options.onDone, request.directory, () => performStudy(request, { json, live }));
  await printForecast(request, {
    pilotSeconds: PILOT_SECONDS,
    json,
    quick: () => requestOfIds(ids, { ...options, scale: 'quick' }),
  });
  return ExitCode.done;
}
