/** A study of one's own with axes and values that readers stumble over, stored without being run. */
import { studyExperiment } from '../../src/experiments/own/experiment.js';
import type { StudySpec } from '../../src/experiments/own/spec.js';
import { storedAs } from '../../src/store/identity.js';
import { cellText } from '../../src/settings/cellText.js';
import { openStudy } from '../../src/store/open.js';
import type { TrialRow } from '../../src/store/writer.js';
import { IDENTITY } from '../study/toy.js';

/** Each axis has a level that is the default: a cell's address leaves it out. */
const SPEC: StudySpec = {
  title: 'for readers',
  description: '',
  grid: {
    inputs: ['gaussian', 'laplace'],
    n: [30, 60],
    stepSize: ['auto', 0.5],
    trainOutput: ['no', 'yes'],
    start: ['sphere', 'gaussian'],
    K: [1],
    d: [4],
    labels: ['regression'],
  },
  trials: 8,
  measures: [],
  figures: [],
};

/** Numbers that a text can lose; those at the end of the list are no finite ones. */
const ODD = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0, 1e21, 1e-7, Infinity, -Infinity];

type Measures = Record<string, number>;

/** What one trial measured; the 8th of each cell failed. More than 100 rows come before the first with `sdN`. */
function measuresOf(inputs: unknown, cell: number, trial: number): Measures | undefined {
  if (trial === 7) return undefined;
  return {
    recovered: trial % 2,
    estimationError: ODD[(cell + trial) % ODD.length],
    finalLoss: Infinity,
    gradientNorm: trial === 3 ? Number.NaN : trial / 3,
    iterations: 100,
    ...(inputs === 'laplace' ? { sdN: 1 / (cell + 1) } : {}),
  };
}

function rowOf(trial: number, measures: Measures | undefined): TrialRow {
  if (measures === undefined)
    return { trial, status: 'failed', seconds: 0.25, measures: {}, error: 'a "quoted", long\nstory' };
  return { trial, status: 'ok', seconds: 0.5, measures: measures, error: null };
}

/** Fills a folder. Returns the measures in the order of the table, undefined for failed trials. */
export function storeOwnStudy(dir: string): (Measures | undefined)[] {
  const experiment = studyExperiment(SPEC);
  const store = openStudy(dir, IDENTITY);
  const grid = experiment.cells({}).map(({ settings }) => ({ text: cellText(settings), settings }));
  const cells = store.addExperiment(storedAs(experiment, {}), grid);
  const measured = cells.map(({ settings: { inputs } }, cell) =>
    Array.from({ length: SPEC.trials }, (_, trial) => measuresOf(inputs, cell, trial)),
  );
  store.commit(
    cells.map((cell, index) => {
      const rows = measured[index].map((measures, trial) => rowOf(trial, measures));
      return { cell, rows, curves: [], origin: { build: '1.0+abc' } };
    }),
  );
  store.close();
  return measured.flat();
}
