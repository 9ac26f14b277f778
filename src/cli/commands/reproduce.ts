import { join } from 'node:path';
import { Command } from 'commander';
import { loadNativeKernels } from '../../core/kernels/native.js';
import { MOST_PARTITIONS } from '../../core/kernels/partitions.js';
import { EXPERIMENTS, findExperiment } from '../../experiments/registry.js';
import { SCALES, type Experiment, type Scale } from '../../experiments/spec.js';
import { StudyControl } from '../../pool/control.js';
import { defaultWorkers } from '../../pool/pool.js';
import type { ReportContent } from '../../report/content.js';
import { terminalClaims, terminalTable } from '../../report/tables.js';
import { openStudy } from '../../store/open.js';
import { parseOverrides, type Overrides } from '../../study/overrides.js';
import { collectProvenance } from '../../study/provenance.js';
import { runStudy, type StudyOutcome } from '../../study/run.js';
import { gridOf, resolveValues } from '../../study/values.js';
import { ExitCode, type ExitCodeValue, type SetExitCode } from '../exit.js';
import { parseChoice, parseDuration, parseInteger } from '../options.js';
import { print, printJson } from '../output.js';
import { packageVersion } from '../package.js';
import { studyProgress, type StudyProgress } from '../progress.js';
import { continuingCommand, drawStudy, ofExperiments, reproduceDocument, studyContent } from '../results.js';

interface Options {
  readonly scale: string;
  readonly seed: string;
  readonly out?: string;
  readonly workers?: string;
  readonly budget?: string;
  readonly partitions?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
}

interface Request {
  readonly experiments: readonly Experiment[];
  readonly scale: Scale;
  readonly seed: number;
  readonly workers: number;
  readonly budgetSeconds?: number;
  readonly overrides: Overrides;
  readonly partitions?: number;
  readonly directory: string;
}

/** `basin reproduce`: runs or continues the papers' experiments, draws their figures and checks their claims. */
export function reproduceCommand(setExitCode: SetExitCode): Command {
  return new Command('reproduce')
    .description('run or continue experiments: figures, tables, report, claims')
    .argument('[ids...]', "experiment ids (see basin list), or 'all' (the default)")
    .option('--scale <scale>', SCALES.join(' | '), 'quick')
    .option('--seed <n>', 'study seed', '1')
    .option('--out <dir>', 'study folder (default: studies/…, named after the study)')
    .option('--workers <n>', 'worker threads (default: one per core)')
    .option('--budget <duration>', 'stop after this time, e.g. 30m; the same command continues')
    .option('--set <[ID.]key=value>', 'change a setting; may be repeated', (value: string, all: readonly string[]) => [...all, value], [] as readonly string[])
    .option('--partitions <n>', 'cut every training set into n partitions, worked on by all workers (default: very large ones only, by their size)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nExample:\n  basin reproduce fu2018-fig3 --scale quick --set starts=10 --out fig3\n')
    .action(async (ids: readonly string[], options: Options) => setExitCode(await reproduce(parseRequest(ids, options), options.json === true)));
}

function parseRequest(ids: readonly string[], options: Options): Request {
  const experiments = chosenExperiments(ids);
  const scale = parseChoice('--scale', options.scale, SCALES);
  const seed = parseInteger('--seed', options.seed, 0, Number.MAX_SAFE_INTEGER);
  const overrides = parseOverrides(options.set, experiments);
  const name = `${ids.length === 0 ? 'all' : ids.join('+')}-${scale}-seed${seed}`;
  return {
    experiments, scale, seed, overrides,
    workers: options.workers === undefined ? defaultWorkers() : parseInteger('--workers', options.workers, 1, 256),
    directory: options.out ?? join('studies', name),
    ...(options.partitions === undefined ? {} : { partitions: parseInteger('--partitions', options.partitions, 1, MOST_PARTITIONS) }),
    ...(options.budget === undefined ? {} : { budgetSeconds: parseDuration('--budget', options.budget) }),
  };
}

function chosenExperiments(ids: readonly string[]): readonly Experiment[] {
  const named = [...new Set(ids)].filter((id) => id !== 'all').map(findExperiment);
  return ids.length === 0 || ids.includes('all') ? EXPERIMENTS : named;
}

async function reproduce(request: Request, json: boolean): Promise<ExitCodeValue> {
  const { experiments, scale, seed, overrides, workers, directory } = request;
  const chosen = experiments.map((experiment) => ({ experiment, values: resolveValues(experiment, scale, overrides.of(experiment.id)) }));
  // A grid that cannot be is refused before anything is written.
  for (const { experiment, values } of chosen) gridOf(experiment, values);
  const provenance = collectProvenance({ basinVersion: packageVersion(), native: loadNativeKernels().info(), commandLine: process.argv.slice(2) });
  const store = openStudy(directory, { seed, scale, overrides: overrides.byKey, partitions: request.partitions });
  for (const { id } of store.experiments()) findExperiment(id);
  const progress = studyProgress();
  const control = new StudyControl();
  const release = stopOnSignals(control, progress);
  try {
    const outcome = await runStudy({
      store, experiments: chosen, workers, control, provenance, onProgress: progress.update,
      ...(request.budgetSeconds === undefined ? {} : { budgetSeconds: request.budgetSeconds }),
    });
    progress.end();
    release();
    const whole = studyContent(store);
    const written = await drawStudy(store, whole);
    const content = ofExperiments(whole, experiments);
    if (json) printJson(reproduceDocument(store, content, written));
    else print(summaryText(content, written.report));
    return conclude(outcome, content, continuingCommand(store));
  } finally {
    release();
    progress.end();
    store.close();
  }
}

/** Ctrl-C once: begin nothing new and keep what is done. Twice: at once. */
function stopOnSignals(control: StudyControl, progress: StudyProgress): () => void {
  const interrupt = (): void => {
    control.interrupt();
    progress.say(control.cancelled ? 'basin: stopping at once' : 'basin: stopping after the running trials; press Ctrl-C again to stop at once');
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return () => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
}

function summaryText(content: ReportContent, report: string): string {
  const parts = content.experiments.flatMap((part) => [
    `${part.experiment.id}: ${part.experiment.title}`,
    terminalTable(part), '', ...(part.claims.length === 0 ? [] : [terminalClaims(part.claims), '']),
  ]);
  return [...parts, `report: ${report}`].join('\n');
}

function conclude(outcome: StudyOutcome, content: ReportContent, command: string): ExitCodeValue {
  if (outcome.failure !== undefined) {
    const { experiment, failed, error } = outcome.failure;
    console.error(`basin: stopped: the first ${failed} trials of ${experiment} all failed: ${error}`);
    return ExitCode.internal;
  }
  if (outcome.ending !== 'complete') {
    console.error(`basin: stopped by ${outcome.ending === 'budget' ? 'the budget' : 'a signal'}; this continues: ${command}`);
    return ExitCode.stopped;
  }
  const fails = content.experiments.some(({ claims }) => claims.some(({ verdict }) => verdict === 'fails'));
  return fails ? ExitCode.differs : ExitCode.done;
}
