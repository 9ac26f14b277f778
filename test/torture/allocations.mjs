// Memory that cannot be had: each allocation of a trial fails once. The trial is a failed row with its message, and the
// next one is as ever.
import { loadNativeKernels } from '../../dist/core/kernels/native.js';
import { findExperiment } from '../../dist/experiments/registry.js';
import { performTrial } from '../../dist/pool/trial.js';
import { cellKey } from '../../dist/study/grid/streams.js';
import { trialSettings } from '../../dist/settings/trialSettings.js';
import { resolveValues } from '../../dist/study/grid/values.js';

const MESSAGE = 'Array buffer allocation failed';

/**
 * Calls `use` with allocation number `at` of arrays and of the kernels' inputs failing; returns what it returns and how
 * many there were.
 */
function withAllocations(at, kernels, use) {
  let calls = 0;
  const allocate = (make) => {
    if (calls++ === at) throw new RangeError(MESSAGE);
    return make();
  };
  const { Float64Array: original } = globalThis;
  globalThis.Float64Array = new Proxy(original, {
    construct: (target, values, maker) =>
      allocate(() => Reflect.construct(target, values, maker === globalThis.Float64Array ? target : maker)),
  });
  const failing = { ...kernels, allocateInputs: (...values) => allocate(() => kernels.allocateInputs(...values)) };
  try {
    return { result: use(failing), calls };
  } finally {
    globalThis.Float64Array = original;
  }
}

/** The trial without the time that it took. */
const told = ({ status, measures, error, curves }) =>
  JSON.stringify([
    status,
    measures,
    error,
    Object.entries(curves).map(([name, values]) => [name, [...values].map(String)]),
  ]);

/** Walks through the allocations of one trial of an experiment. Returns how many there were, and what was wrong. */
export function walkAllocations(id, set) {
  const experiment = findExperiment(id);
  const values = resolveValues(experiment, 'smoke', new Map(Object.entries(set)));
  const [{ settings }] = experiment.cells(values);
  const task = {
    experiment,
    settings: trialSettings(values, settings),
    key: cellKey(experiment, 1, settings),
    trial: 0,
  };
  const kernels = loadNativeKernels();
  const perform = (own) => performTrial(task, own, new Int32Array(1));
  const ideal = told(perform(kernels));
  const findings = [];
  for (let at = 0; ; at++) {
    const { result, calls } = withAllocations(at, kernels, perform);
    if (calls <= at) return { walked: at, findings };
    const failed =
      result.status === 'failed' && result.error.endsWith(MESSAGE) && Object.keys(result.measures).length === 0;
    if (!failed && told(result) !== ideal) findings.push(`allocation ${at}: ${told(result)}`);
    if (told(perform(kernels)) !== ideal) findings.push(`allocation ${at}: the next trial is another`);
  }
}
