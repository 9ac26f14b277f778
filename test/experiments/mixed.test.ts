/** Experiments in mixed precision: their descents take it, and their claims are those of float64 on the same seeds. */
import { describe, expect, it } from 'vitest';
import { withPrecision } from '../../src/core/descent/precisions.js';
import { loadNativeKernels } from '../../src/core/kernels/native.js';
import { EXPERIMENTS, findExperiment } from '../../src/experiments/registry.js';
import { gridOf } from '../../src/study/grid/cells.js';
import { resolveValues } from '../../src/study/grid/values.js';
import { performInProcess } from './inProcess.js';

const native = loadNativeKernels();
const TAKING = EXPERIMENTS.filter(({ takesMixed }) => takesMixed !== undefined);

describe('an experiment that takes mixed precision', () => {
  it.each(TAKING.map(({ id }) => id))('%s makes its descents in it', (id) => {
    const experiment = findExperiment(id);
    const { cells } = gridOf({ experiment, values: resolveValues(experiment, 'smoke', new Map()) }, 1);
    const [cell] = cells.toSorted((a, b) => experiment.cost(a.trialSettings) - experiment.cost(b.trialSettings));
    let rounded = 0;
    const counting = {
      ...native,
      roundProblem: (...args: Parameters<typeof native.roundProblem>) => {
        rounded += 1;
        return native.roundProblem(...args);
      },
    };
    const { status } = experiment.trial({
      settings: cell.trialSettings,
      kernels: withPrecision(counting, 'mixed'),
      cancel: new Int32Array(1),
      stream: (purpose) => ({ key: cell.key, trial: 0, purpose }),
    });
    expect(status).toBe('ok');
    expect(rounded).toBeGreaterThan(0);
  });

  it.each(['fu2018-fig4', 'fu2019-success', 'basin-radius'])('%s has the claims of float64', (id) => {
    const experiment = findExperiment(id);
    const values = resolveValues(experiment, 'smoke', new Map());
    const [exact, mixed] = (['float64', 'mixed'] as const).map(
      (precision) => performInProcess(experiment, values, precision).claims,
    );
    expect(exact.length).toBeGreaterThan(0);
    expect(mixed.map(({ id: claim, verdict }) => [claim, verdict])).toEqual(
      exact.map(({ id: claim, verdict }) => [claim, verdict]),
    );
    mixed.forEach(({ value }, at) => {
      const expected = exact[at].value ?? NaN;
      expect(Math.abs((value ?? NaN) - expected) <= 1e-3 * Math.abs(expected) || !Number.isFinite(expected)).toBe(true);
    });
  });
});
