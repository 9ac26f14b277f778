import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { InputError } from '../../base/errors.js';
import { loadNativeKernels } from '../../core/kernels/native.js';
import { findExperiment } from '../../experiments/registry.js';
import { StudyControl } from '../../pool/control.js';
import { defaultWorkers, startPool } from '../../pool/pool.js';
import type { Lease } from '../../pool/protocol.js';
import { cellKey } from '../../study/streams.js';
import { gridOf, resolveValues, trialSettings } from '../../study/values.js';
import { isDefault, measureBlocking, type Comparison } from '../../tuning/blocking.js';
import { profilePath, readProfile, removeProfile, requireWritable, thisMachine, writeProfile, type Profile } from '../../tuning/profile.js';
import { bestWorkers, measureWorkers, workerCandidates, type Throughput } from '../../tuning/workers.js';
import { key, named, numeric } from '../../report/table.js';
import { describeFound } from '../../app/machine/kernels.js';
import { parseDuration } from '../options.js';
import { paragraph, print, printJson, table } from '../output.js';
import { countProgress } from '../progress.js';
import { say } from '../say.js';

interface Options {
  readonly budget: string;
  readonly show?: boolean;
  readonly reset?: boolean;
  readonly json?: boolean;
}

/** Of the budget, what goes to the kernels; the rest to the workers. */
const KERNEL_SHARE = 0.6;

/** Other work on more than this share of the cores makes a measurement of workers worthless. */
const BUSY = 0.3;

/** `basin tune`: measures what changes speed and not bits on this machine, and keeps it. */
export const act = () => async (options: Options) => {
  const path = requirePath();
  if (options.reset !== true && options.show !== true) {
    report(options, path, await measure(parseDuration('--budget', options.budget), path));
    return;
  }
  if (options.reset === true) removeProfile(path);
  const found = readProfile(path);
  if (options.json === true) printJson({ file: path, ...found });
  else print(paragraph(describeFound(path, found)));
};

interface Measured {
  readonly profile: Profile;
  readonly compared: readonly Comparison[];
  readonly throughput: readonly Throughput[];
}

async function measure(seconds: number, path: string): Promise<Measured> {
  requireWritable(path);
  const clock = (): number => performance.now() / 1000;
  const [load] = loadavg();
  const busy = load > BUSY * defaultWorkers();
  if (busy) say(`warning: the machine is busy (load ${load.toFixed(1)}): all cores are kept as workers, and kernels are better measured on an idle one`);
  const progress = countProgress('tune', 'percent');
  const kernels = loadNativeKernels();
  const { best, compared } = measureBlocking(kernels, { seconds: KERNEL_SHARE * seconds, clock, onRound: (share) => { progress.update(Math.floor(100 * KERNEL_SHARE * share), 100, 'kernels'); } });
  kernels.tune(best);
  const candidates = workerCandidates(defaultWorkers());
  const throughput: Throughput[] = [];
  for (const [i, workers] of candidates.entries()) {
    progress.update(Math.floor(100 * (KERNEL_SHARE + ((1 - KERNEL_SHARE) * i) / candidates.length)), 100, 'workers');
    throughput.push(await measureWorkers(workers, (count) => startPool({ workers: count, control: new StudyControl() }), usualTrial(), ((1 - KERNEL_SHARE) * seconds) / candidates.length, clock));
  }
  progress.end();
  const profile: Profile = { version: 1, machine: thisMachine(), measured: new Date().toISOString(), blocking: best, workers: busy ? defaultWorkers() : bestWorkers(throughput) };
  writeProfile(path, profile);
  return { profile, compared, throughput };
}

/** A trial of some hundredths of a second: 20 descents on 1600 samples. */
function usualTrial(): Omit<Lease, 'first' | 'count'> {
  const experiment = findExperiment('fu2018-fig3');
  const values = resolveValues(experiment, 'smoke', new Map([['d', '8'], ['perDimension', '200'], ['starts', '20'], ['iterations', '200']]));
  const settings = gridOf(experiment, values).at(-1)?.settings ?? {};
  return { experiment: experiment.id, settings: trialSettings(values, settings), key: cellKey(experiment, 1, settings) };
}

function report({ json }: Options, path: string, { profile, compared, throughput }: Measured): void {
  if (json === true) {
    printJson({ file: path, state: 'valid', profile, kernels: compared, workers: throughput });
    return;
  }
  const kernels = compared.map(({ blocking, speed }) =>
    [String(blocking.groupUnits), `${blocking.tileRows}${isDefault(blocking) ? ' (default)' : ''}`, `${speed.median.toFixed(3)} (${speed.low.toFixed(3)}–${speed.high.toFixed(3)})`]);
  const workers = throughput.map(({ workers: count, trialsPerSecond }) => [String(count), trialsPerSecond.toPrecision(3)]);
  print([
    'speed against the default (quartiles of the rounds):',
    table([...['units in a group', 'rows of a tile'].map((title) => key(numeric(title))), named('speed')], kernels), '',
    table([key(numeric('workers')), numeric('trials per second')], workers), '',
    paragraph(describeFound(path, { state: 'valid', profile })),
  ].join('\n'));
}

function requirePath(): string {
  const path = profilePath();
  if (path === undefined) throw new InputError('XDG_CACHE_HOME or HOME must name a folder to keep the profile in, got neither');
  return path;
}
