import { conductStudy, performStudy, type Running } from '../app/conduct.js';
import { tunedWorkers } from '../app/machine/kernels.js';
import type { StudyRequest } from '../app/request.js';
import { numberWhere, requireObjects, wholeNumber } from '../base/allowed.js';
import { refuse } from '../base/errors.js';
import { StudyControl } from '../pool/control.js';
import { MOST_WORKERS } from '../pool/pool.js';
import type { RunStudyOptions, StudyRun, StudySource } from './options.js';
import { studyOf } from './source.js';

/** See `runStudy`. */
export async function ranStudy(source: StudySource, options: RunStudyOptions): Promise<StudyRun> {
  requireObjects({ options });
  const request = { ...(await studyOf(source, options)), ...placeAndTime(options) };
  const control = new StudyControl();
  const stop = (): void => {
    control.stop();
  };
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  try {
    return await performed(request, control, options);
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
}

async function performed(request: StudyRequest, control: StudyControl, options: RunStudyOptions): Promise<StudyRun> {
  const { onProgress = () => undefined, onWarning, report = false } = options;
  const warnings: string[] = [];
  const running: Running = {
    control,
    commandLine: ['runStudy()'],
    onProgress,
    warn: (text) => {
      warnings.push(text);
      onWarning?.(text);
    },
  };
  const dir = request.directory;
  if (!report) return { ...(await performStudy(request, running)), dir, warnings };
  const { outcome, written } = await conductStudy(request, { ...running, onDrawing: () => undefined });
  return { ...outcome, dir, warnings, report: written.report };
}

function placeAndTime(
  options: RunStudyOptions,
): Pick<StudyRequest, 'directory' | 'workers' | 'limits' | 'budgetSeconds' | 'strict'> {
  const { dir, workers, trialSeconds, trialBytes, budgetSeconds, strict = false } = options;
  const given: unknown = dir;
  if (typeof given !== 'string' || given === '') refuse('dir', "the path of the study's folder", given);
  const above = (what: string, value: number | undefined, unit: string): number | undefined =>
    value === undefined ? undefined : numberWhere(what, value, `a number of ${unit} above 0`, (one) => one > 0);
  const budget = above('budgetSeconds', budgetSeconds, 'seconds');
  return {
    directory: dir,
    workers: workers === undefined ? tunedWorkers() : wholeNumber('workers', workers, 1, MOST_WORKERS),
    limits: {
      trialSeconds: above('trialSeconds', trialSeconds, 'seconds'),
      trialBytes: above('trialBytes', trialBytes, 'bytes'),
    },
    strict,
    ...(budget === undefined ? {} : { budgetSeconds: budget }),
  };
}
