/**
 * What every experiment asks and draws, as digests. A line of `grids.txt` changes with settings, defaults, grid or
 * cost. A line of bits changes with results: then the experiment's `version` is raised. `npx vitest run -u` writes both
 * anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { EXPERIMENTS } from '../../src/experiments/registry.js';
import type { Cell, Experiment, TrialOutcome } from '../../src/experiments/spec.js';
import { SCALES } from '../../src/settings/scale.js';
import type { ValuesByName, Vocabulary } from '../../src/settings/types.js';
import { studyExperiment } from '../../src/experiments/own/experiment.js';
import { cellText } from '../../src/settings/cellText.js';
import { encodeMeasures } from '../../src/store/measures.js';
import { machineOrigin } from '../../src/study/provenance/machine.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { loadStudy } from '../../src/studyfile/load.js';
import { trialSettings } from '../../src/settings/trialSettings.js';
import { effectiveSettings, resolveValues } from '../../src/study/grid/values.js';

const SEED = 0;
/** All trials of a smoke run; otherwise the first one of each cell. */
const isEvery = process.env['BASIN_EVERY_DIGEST'] !== undefined;
const kernels = loadNativeKernels();

function digestOf(...parts: readonly (string | Float64Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return hash.digest('hex').slice(0, 16);
}

/** The examples' studies by the name of their file, each at its smallest scale. */
const EXAMPLES = readdirSync('examples')
  .filter((name) => name.endsWith('.yaml'))
  .map((name): [string, Experiment] => {
    const text = readFileSync(join('examples', name), 'utf8');
    const study = SCALES.map((scale) => loadStudy(text, scale)).find((loaded) => 'spec' in loaded);
    if (study === undefined) throw new Error(`${name} does not load`);
    return [name, studyExperiment(study.spec)];
  });

/** In what order a setting is declared says nothing, nor which names it takes where it takes any formula too. */
function sorted(key: string, value: unknown): unknown {
  if (key === 'vocabulary') return (value as Vocabulary).kind;
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
}

/**
 * What can be set, with words, ranges and defaults; and of each scale the cells, their trials and what a trial costs.
 */
function asked(experiment: Experiment): string[] {
  const { id, version, streamVersion = version, settings } = experiment;
  const scales = SCALES.map(
    (scale) => `${id} ${scale} ${gridDigest(experiment, resolveValues(experiment, scale, new Map()))}`,
  );
  return [
    `${id} version ${version} streams ${streamVersion} settings ${digestOf(JSON.stringify(Object.entries(settings), sorted))}`,
    ...scales,
  ];
}

function gridDigest(experiment: Experiment, values: ValuesByName): string {
  const cells = experiment.cells(values);
  const shown = ({ settings }: Cell): unknown => [
    effectiveSettings(experiment, values, settings),
    experiment.streamText?.(settings) ?? null,
  ];
  const lines = cells.map((cell) =>
    JSON.stringify([cellText(cell.settings), cell, shown(cell), ...priceOf(experiment, values, cell)]),
  );
  return `cells ${cells.length} ${digestOf(...lines)}`;
}

function priceOf({ cost, bytes, shares }: Experiment, values: ValuesByName, { settings }: Cell): unknown[] {
  const effective = trialSettings(values, settings);
  return [cost(effective), bytes?.(effective) ?? null, shares?.(effective) ?? null];
}

/** The measures and curves of trials, of each cell of the smoke run. */
function drawn(experiment: Experiment, values: ValuesByName): string[] {
  return gridOf({ experiment, values }, SEED).cells.map(({ text, key, trialSettings: settings, trials }) => {
    const given = { settings, kernels, cancel: new Int32Array(1) };
    const runs = Array.from({ length: isEvery ? trials : 1 }, (_, trial) =>
      experiment.trial({ ...given, stream: (purpose) => ({ key, trial, purpose }) }),
    );
    const range = runs.length === 1 ? '0' : `0…${runs.length - 1}`;
    return `${experiment.id}/${text}#${range} ${digestOf(...runs.flatMap(bitsOf))}`;
  });
}

function bitsOf({ status, measures, curves = {} }: TrialOutcome): (string | Float64Array)[] {
  return [status, encodeMeasures(measures), ...Object.entries(curves).flat()];
}

/** Bits are those of one kind of machine: there are digests of some. */
function recordOfBits(): string {
  const { blas, openblas, vector, v8 } = machineOrigin(kernels.info());
  return `digests/${isEvery ? 'every' : 'first'}-${blas}-${openblas}-${vector}-v8-${v8}.txt`;
}

it('what an experiment asks stays', async () => {
  const examples = EXAMPLES.map(([name, experiment]) => `${name} ${gridDigest(experiment, {})}`);
  await expect(`${[...EXPERIMENTS.flatMap(asked), ...examples].join('\n')}\n`).toMatchFileSnapshot('digests/grids.txt');
});

const isRecorded = existsSync(fileURLToPath(new URL(recordOfBits(), import.meta.url)));

it.runIf(isRecorded)('the bits of a smoke run stay', async () => {
  const papers = EXPERIMENTS.flatMap((experiment) => drawn(experiment, resolveValues(experiment, 'smoke', new Map())));
  const examples = EXAMPLES.flatMap(([name, experiment]) => drawn(experiment, {}).map((line) => `${name}: ${line}`));
  await expect(`${[...papers, ...examples].join('\n')}\n`).toMatchFileSnapshot(recordOfBits());
});
