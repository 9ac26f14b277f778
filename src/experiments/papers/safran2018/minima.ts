/** The minima at which descents of students as wide as their teacher end, as classes. */
import { agreed } from '../../../statistics/agreed.js';
import { mean, meanShare } from '../../../statistics/means.js';
import { binomialRate, rate } from '../../../statistics/rates.js';
import { unseenMass } from '../../../statistics/unseen.js';
import { ascending } from '../../common/ascending.js';
import { trialCounts } from '../../common/counts.js';
import { defineExperiment } from '../../define.js';
import { sizedPoints } from '../../plots.js';
import type { Cell, CellSummary, FigureMaker, FigureRow, Finding, Measure } from '../../spec.js';
import { descent, rowsOf, trials, type Place } from './settings.js';
import { classesByNumbers, endsOf, laneTrialMeasures, type Invariants } from './invariants.js';
import { minimaClaims } from './minimaClaims.js';
import { certifiedMinima, minimaCost, STARTS } from './minimaTrial.js';

const SIZES = Array.from({ length: 15 }, (_, i) => 6 + i);

/** Loss, λ_min and ‖W‖ of every start. */
const LANES = laneTrialMeasures(STARTS);

/** How far a loss, a λ_min or an entry may be wrong by rounding. */
const ACCURACY = { loss: 1e-10, lambdaMin: 1e-9, entry: 1e-12 } as const;

interface ClassOfEnds extends Invariants {
  readonly count: number;
}

/** The classes of a cell, by loss ascending. */
function classesOf(cell: CellSummary): ClassOfEnds[] {
  const ends = endsOf(cell, STARTS);
  return classesByNumbers(ends)
    .classes.map((members) => ({ ...ends[members[0]], count: members.length }))
    .sort((a, b) => a.loss - b.loss);
}

function findings(all: readonly CellSummary[]): Finding[] {
  return all
    .filter((cell) => cell.trials > 0)
    .map((cell) => {
      const classes = classesOf(cell);
      const starts = cell.trials * STARTS;
      const counts = classes.map(({ count }) => count);
      return {
        statement: `k = ${Number(cell.settings['k'])}: ${classes.length} classes of minima in ${starts} starts, of ${counts.join(', ')} starts by loss ascending; probability that another start ends at none of them but at a minimum`,
        ...unseenMass(counts, starts),
      };
    });
}

function rowsOfClasses(all: readonly CellSummary<Place>[]): FigureRow[] {
  return all.flatMap((cell) => {
    const starts = cell.trials * STARTS;
    return classesOf({ ...cell, settings: { ...cell.settings } }).map(({ loss, lambdaMin, norm, count }) => {
      const { value, low, high } = binomialRate(count, starts);
      return { k: cell.settings.k, loss, lambdaMin, norm, count, starts, share: value, low, high };
    });
  });
}

function figures(all: readonly CellSummary<Place>[]): FigureMaker[] {
  return [
    () => ({
      name: 'safran2018-minima',
      title: 'Minima of ReLU networks as wide as their teacher',
      caption: `Population risk of every class of minima at which descents ended, n = k; classes modulo the order of neurons and of the teacher's rows. ${STARTS} starts in each of ${trialCounts(all)} trials per k; the area of a point is its number of starts. The rows have λ_min of each class and its share of the starts with the 95 % Blaker interval.`,
      rows: rowsOfClasses(all),
      spec: sizedPoints({
        x: 'k',
        y: 'loss',
        xTitle: 'rows k of the teacher',
        yTitle: 'population risk of the minimum',
        size: 'count',
        sizeTitle: 'starts',
      }),
    }),
  ];
}

function printedMeasures(name: 'first' | 'second', which: string): Measure[] {
  return [
    {
      name: `${name}Loss`,
      of: `${name}Loss`,
      description: `loss of the ${which}`,
      interval: 'the range of all trials, and rounding',
      estimate: agreed(ACCURACY.loss),
    },
    {
      name: `${name}LambdaMin`,
      of: `${name}LambdaMin`,
      description: `λ_min of the ${which}`,
      interval: 'the range of all trials, and rounding',
      estimate: agreed(ACCURACY.lambdaMin),
    },
    {
      name: `${name}Share`,
      of: `${name}Share`,
      description: `mean share of starts that end at the ${which}`,
      estimate: meanShare,
    },
  ];
}

const MEASURES: readonly Measure[] = [
  {
    name: 'nonGlobalShare',
    of: 'nonGlobal',
    description: 'mean share of starts that end at a certified minimum that is not global',
    estimate: meanShare,
  },
  {
    name: 'openShare',
    of: 'open',
    description: 'mean share of starts that end at no certified minimum',
    estimate: meanShare,
  },
  ...printedMeasures('first', 'printed minimum of lowest loss'),
  ...printedMeasures('second', 'second printed minimum'),
  {
    name: 'entriesError',
    of: 'entriesError',
    description: 'largest difference of an entry of W from the printed one, at k = 7',
    interval: 'the range of all trials, and rounding',
    estimate: agreed(ACCURACY.entry),
  },
  {
    name: 'agreementRate',
    of: 'agreement',
    description: 'share of trials in which loss, λ_min and ‖W‖ sort the ends as the matching of weights does',
    estimate: rate,
  },
  { name: 'meanIterations', of: 'iterations', description: 'mean number of iterations', estimate: mean },
];

/** Safran and Shamir 2018 (n = k): the minima themselves, with losses, curvatures and counts. */
export const safran2018Minima = defineExperiment({
  id: 'safran2018-minima',
  version: 1,
  paper: 'safran2018',
  source: 'safran2018, minima in the result files for n = k',
  title: 'Classes of minima of ReLU networks as wide as their teacher',
  settings: { k: rowsOf({ smoke: [7], quick: [6, 7, 9, 11], paper: SIZES }), ...descent, trials },
  openChoices: [
    'A minimum: gradient norm at most 1e-9 and λ_min > 1e-6 after a Newton polish, and the descent ended near it (docs/derivations/minima.md).',
    'One class: minima that differ in the order of neurons and by orthogonal maps of the inputs that permute the rows of the teacher.',
    'Ends of different trials are sorted by loss, λ_min and ‖W‖. Within each trial this is compared with the matching of the weights.',
  ],
  cells: ({ k: sizes, trials: count }): Cell<Place>[] =>
    ascending(sizes).map((k) => ({ settings: { k }, trials: count })),
  cost: minimaCost,
  trial: certifiedMinima,
  measures: MEASURES,
  perTrial: LANES,
  alsoStored: LANES.map(({ of }) => of),
  findings,
  claims: minimaClaims,
  figures,
});
