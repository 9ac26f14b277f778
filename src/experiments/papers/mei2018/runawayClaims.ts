/** Claims on the existence of a finite minimiser. */
import { exact, scaled, UNKNOWN, type Estimate, type Noted } from '../../../statistics/estimate.js';
import { rateDifference } from '../../../statistics/rates.js';
import { ratioOf } from '../../../statistics/ratio.js';
import { runawayBoundary } from '../../../theory/runaway.js';
import { fairSeparation, separationBoundary } from '../../../theory/separability.js';
import { stateClaim } from '../../claims.js';
import { ascending } from '../../common/ascending.js';
import { pooledRate } from '../../common/pooled.js';
import { halfSuccess } from '../../common/spread.js';
import type { CellSummary, StatedClaim } from '../../spec.js';
import type { Place, RunawayValues } from './runawaySettings.js';

export type PlaceCell = CellSummary<Place>;

const PAPER = 'mei2018, noisy linear classification';
const DERIVED = 'ours (docs/derivations/runaway.md)';
const CANDES_SUR = 'Candès and Sur 2020, Theorem 2.1';
const COVER = 'Cover 1965, function counting theorem';

/** Predictions for d → ∞ are compared from this d on. */
const LEAST_D = 60;

/** The cells of the largest d with one norm. */
export function largest(cells: readonly PlaceCell[], norm: number): PlaceCell[] {
  const d = Math.max(...cells.map(({ settings }) => settings.d));
  return cells.filter(({ settings }) => settings.d === d && settings.norm === norm);
}

type Rate = 'overlappingRate' | 'finiteRate';
type Half = (norm: number, measure: Rate) => Estimate;

/** n at 50 % at the largest d. Several claims ask for it, and the fit takes some milliseconds. */
function halves(cells: readonly PlaceCell[]): Half {
  const found = new Map<string, Estimate>();
  return (norm, measure) => {
    const name = `${measure} ${norm}`;
    const half = found.get(name) ?? halfSuccess(largest(cells, norm), measure);
    found.set(name, half);
    return half;
  };
}

/** n at 50 % over the predicted n. */
function overPredicted(half: () => Estimate, d: number, boundary: number): Noted {
  if (d < LEAST_D) return { ...UNKNOWN, note: `d = ${d} is too small for the limit d → ∞` };
  return scaled(half(), 1 / (boundary * d));
}

/** The share of separable training sets for fair coins as labels, minus the exact one. */
function overCover(cells: readonly PlaceCell[]): Noted {
  const fair = cells.filter(({ settings }) => settings.norm === 0);
  const total = fair.reduce((sum, { trials }) => sum + trials, 0);
  if (total === 0) return { ...UNKNOWN, note: 'there is no trial with ‖w*‖ = 0' };
  const expected = fair.reduce((sum, { settings: { n, d }, trials }) => sum + trials * (1 - fairSeparation(n, d)), 0);
  return rateDifference(pooledRate(fair, 'overlappingRate'), exact(expected / total));
}

function claimsAt(half: Half, d: number, norm: number): StatedClaim[] {
  return [
    stateClaim(
      {
        id: `logistic-norm=${norm}`,
        source: CANDES_SUR,
        statement: `‖w*‖ = ${norm}: half of the training sets have a finite minimiser of the cross entropy at n/d = 1/h(‖w*‖) = ${separationBoundary(norm).toFixed(2)}: measured over predicted within 1 ± 0.1 at the largest d`,
      },
      () => overPredicted(() => half(norm, 'overlappingRate'), d, separationBoundary(norm)),
      { low: 0.9, high: 1.1 },
    ),
    stateClaim(
      {
        id: `squared-norm=${norm}`,
        source: DERIVED,
        statement: `‖w*‖ = ${norm}: half of the training sets have a finite minimum of the squared loss at n/d = ${runawayBoundary(norm).toFixed(2)}: measured over predicted within 1 ± 0.15 at the largest d`,
      },
      () => overPredicted(() => half(norm, 'finiteRate'), d, runawayBoundary(norm)),
      { low: 0.85, high: 1.15 },
    ),
    stateClaim(
      {
        id: `gap-norm=${norm}`,
        source: DERIVED,
        statement: `‖w*‖ = ${norm}: a finite minimum of the squared loss needs at least 1.5 times the samples of one of the cross entropy`,
      },
      () => ratioOf(half(norm, 'finiteRate'), half(norm, 'overlappingRate')),
      { low: 1.5, high: Infinity },
    ),
  ];
}

/** Claims on a rate over training sets, pooled over the cells, or over those with the largest n/d. */
const POOLED = [
  {
    id: 'logistic-agrees',
    source: DERIVED,
    statement:
      'descents on the cross entropy end at a minimum if and only if no half-space separates: at least 0.99 of the training sets',
    measure: 'logisticAgreesRate',
    region: { low: 0.99, high: 1 },
  },
  {
    id: 'separable-infinite',
    source: DERIVED,
    statement:
      'separable training sets have no stationary point: descents on the squared loss end at a minimum on at most 0.01 of them',
    measure: 'separableFiniteRate',
    region: { low: 0, high: 0.01 },
  },
  {
    id: 'mixed',
    source: `${PAPER}: any start, below n = C d log d`,
    statement:
      'at every n the fate is the same for all starts: on at most 0.1 of the training sets some end at a minimum and others run away',
    measure: 'mixedRate',
    region: { low: 0, high: 0.1 },
  },
  {
    id: 'any-start',
    source: `${PAPER}: one local minimum, reached from any start`,
    statement: 'at the largest n/d all starts end at one finite minimum: at least 0.95 of the training sets',
    measure: 'oneMinimumRate',
    region: { low: 0.95, high: 1 },
    atLargest: true,
  },
  {
    id: 'global',
    source: `${PAPER}: one local minimum, which is global`,
    statement:
      'at the largest n/d some direction with a lower loss at infinity is found on at most 0.05 of the training sets with one minimum',
    measure: 'infinityLowerRate',
    region: { low: 0, high: 0.05 },
    atLargest: true,
  },
];

function pooledClaims(cells: readonly PlaceCell[], { perDimension }: RunawayValues): StatedClaim[] {
  const most = Math.max(...perDimension);
  const last = cells.filter(({ settings: { n, d } }) => n === Math.round(most * d));
  return POOLED.map(({ measure, region, atLargest = false, ...words }) =>
    stateClaim(words, () => pooledRate(atLargest ? last : cells, measure), region),
  );
}

export function claims(cells: readonly PlaceCell[], values: RunawayValues): StatedClaim[] {
  const norms = ascending(values.norm);
  const half = halves(cells);
  const d = Math.max(...values.d);
  const [first, last] = [norms[0], norms[norms.length - 1]];
  const order = stateClaim(
    {
      id: 'order-in-norm',
      source: DERIVED,
      statement: `n at 50 % for a finite minimum of the squared loss is larger at ‖w*‖ = ${last} than at ${first}`,
    },
    () => ratioOf(half(last, 'finiteRate'), half(first, 'finiteRate')),
    { low: 1, high: Infinity },
  );
  const cover = stateClaim(
    {
      id: 'cover',
      source: COVER,
      statement:
        'w* = 0: the share of training sets that no half-space separates is 1 − 2^(1−n) Σ_{k<d} C(n−1, k), pooled: within ± 0.05',
    },
    () => overCover(cells),
    { low: -0.05, high: 0.05 },
  );
  return [
    cover,
    ...pooledClaims(cells, values),
    ...norms.flatMap((norm) => claimsAt(half, d, norm)),
    ...(norms.length > 1 ? [order] : []),
  ];
}
