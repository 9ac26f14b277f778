import { conductStudy, performStudy, type Running } from '../app/conduct.js';
import { tunedWorkers } from '../app/machine/kernels.js';
import type { StudyRequest } from '../app/request.js';
import {
  filledText,
  flag,
  numberWhere,
  requireFunctions,
  requireNames,
  requireObjects,
  requireSignal,
  wholeNumber,
} from '../base/allowed.js';
import { StudyControl } from '../pool/control.js';
import { MOST_WORKERS } from '../pool/workers.js';
import { Callbacks } from './callbacks.js';
import { RUN_NAMES } from './names.js';
import type { RunStudyOptions, StudyRun, StudySource } from './options.js';
import { studyOf } from './source.js';

/** See `runStudy`. */
export async function ranStudy(source: StudySource, options: RunStudyOptions): Promise<StudyRun> {
  requireObjects({ options });
  requireNames('options', options, RUN_NAMES);
  requireFunctions({ onProgress: options.onProgress, onWarning: options.onWarning });
  requireSignal('signal', options.signal);
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
  const { onProgress = () => undefined, onWarning = () => undefined } = options;
  const report = flag('report', options.report);
  const warnings: string[] = [];
  const callbacks = new Callbacks(control);
  const told = callbacks.guarded(onWarning);
  const running: Running = {
    control,
    commandLine: ['runStudy()'],
    onProgress: callbacks.guarded(onProgress),
    warn: (text) => {
      warnings.push(text);
      told(text);
    },
  };
  const dir = request.directory;
  const ended = report ? await reported(request, running) : await performStudy(request, running);
  callbacks.throwFirst();
  return { ...ended, dir, warnings };
}

async function reported(request: StudyRequest, running: Running): Promise<Omit<StudyRun, 'dir' | 'warnings'>> {
  const { outcome, written } = await conductStudy(request, { ...running, onDrawing: () => undefined });
  return { ...outcome, report: written.report };
}

function placeAndTime(
  options: RunStudyOptions,
): Pick<StudyRequest, 'directory' | 'workers' | 'limits' | 'budgetSeconds' | 'strict'> {
  const { dir, workers, trialSeconds, trialBytes, budgetSeconds } = options;
  const above = (what: string, value: number | undefined, unit: string): number | undefined =>
    value === undefined ? undefined : numberWhere(what, value, `a number of ${unit} above 0`, (one) => one > 0);
  const budget = above('budgetSeconds', budgetSeconds, 'seconds');
  return {
    directory: filledText('dir', dir, "the path of the study's folder"),
    workers: workers === undefined ? tunedWorkers() : wholeNumber('workers', workers, 1, MOST_WORKERS),
    limits: {
      trialSeconds: above('trialSeconds', trialSeconds, 'seconds'),
      trialBytes: above('trialBytes', trialBytes, 'bytes'),
    },
    strict: flag('strict', options.strict),
    ...(budget === undefined ? {} : { budgetSeconds: budget }),
  };
}
