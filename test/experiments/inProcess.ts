/** Running experiments without pool and store, for tests. */
import { withPrecision, type Precision } from '../../src/core/descent/precisions.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { judgedClaims } from '../../src/experiments/claims.js';
import type { Keeper } from '../../src/experiments/keeper.js';
import { findExperiment } from '../../src/experiments/registry.js';
import type { CellSummary, Claim, Experiment, Figure, TrialOutcome } from '../../src/experiments/spec.js';
import type { ValuesByName, Settings } from '../../src/settings/types.js';
import { cellText } from '../../src/settings/cellText.js';
import { valueOf } from '../../src/study/grid/trialValues.js';
import { cellKey } from '../../src/study/grid/streams.js';
import { bandOf } from '../../src/study/summary/cell.js';
import { trialSettings } from '../../src/settings/trialSettings.js';
import { resolveValues } from '../../src/study/grid/values.js';

const kernels = loadNativeKernels();
const SEED = 1;

/** One trial of an experiment at smoke scale with overrides. */
export function trialInProcess(
  id: string,
  overrides: Record<string, string>,
  cell: Settings,
  trial: number,
  keep?: Keeper,
): TrialOutcome {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'smoke', new Map(Object.entries(overrides)));
  const key = cellKey(experiment, SEED, cell);
  return experiment.trial({
    settings: trialSettings(values, cell),
    stream: (purpose) => ({ key, trial, purpose }),
    kernels,
    cancel: new Int32Array(1),
    keep,
  });
}

export interface InProcessRun {
  readonly experiment: Experiment;
  readonly values: ValuesByName;
  readonly figures: readonly Figure[];
  readonly cells: CellSummary[];
  readonly claims: readonly Claim[];
  /** by cell, in grid order */
  readonly outcomes: TrialOutcome[][];
}

/** All trials of an experiment at smoke scale with overrides, summarised. */
export function runInProcess(id: string, overrides: Record<string, string>): InProcessRun {
  const experiment = findExperiment(id);
  return performInProcess(experiment, resolveValues(experiment, 'smoke', new Map(Object.entries(overrides))));
}

/** All trials of an experiment with its values, summarised. */
export function performInProcess(
  experiment: Experiment,
  values: ValuesByName,
  precision: Precision = 'float64',
): InProcessRun {
  const grid = experiment.cells(values);
  const outcomes = grid.map(({ settings, trials }) => {
    const key = cellKey(experiment, SEED, settings);
    return Array.from({ length: trials }, (_, trial) =>
      experiment.trial({
        settings: trialSettings(values, settings),
        stream: (purpose) => ({ key, trial, purpose }),
        kernels: withPrecision(kernels, precision),
        cancel: new Int32Array(1),
      }),
    );
  });
  const cells = grid.map(({ settings, trials }, at): CellSummary => ({
    settings,
    trials,
    planned: trials,
    failed: 0,
    diverged: outcomes[at].filter(({ status }) => status === 'diverged').length,
    replicates: Object.fromEntries(
      (experiment.replicates ?? []).map(({ name, of, replicates }) => [
        name,
        replicates(
          Float64Array.from(outcomes[at], ({ measures }) => measures[of]),
          cellText(settings),
        ),
      ]),
    ),
    measures: Object.fromEntries(
      experiment.measures.map((measure) => [
        measure.name,
        measure.estimate(
          Float64Array.from(
            outcomes[at],
            (outcome) => valueOf(outcome, measure, trialSettings(values, settings)) ?? NaN,
          ),
          trialSettings(values, settings),
        ),
      ]),
    ),
    perTrial: Object.fromEntries(
      (experiment.perTrial ?? []).map((measure) => [
        measure.name,
        new Map(
          outcomes[at].map((outcome, trial) => [
            trial,
            valueOf(outcome, measure, trialSettings(values, settings)) ?? NaN,
          ]),
        ),
      ]),
    ),
    ...bands(experiment, outcomes[at]),
  }));
  return {
    experiment,
    values,
    cells,
    claims: judgedClaims(experiment, cells, values),
    figures: experiment.figures(cells, values).map((make) => make()),
    outcomes,
  };
}

function bands({ curves }: Experiment, outcomes: readonly TrialOutcome[]): Pick<CellSummary, 'curves'> {
  if (curves === undefined) return {};
  const of = (name: string): Float64Array[] => outcomes.flatMap((outcome) => outcome.curves?.[name] ?? []);
  const found = curves.flatMap((curve) => {
    const band = bandOf(of(curve.at), of(curve.of));
    return band === undefined ? [] : [[curve.name, band] as const];
  });
  return { curves: Object.fromEntries(found) };
}
