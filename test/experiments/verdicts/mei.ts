import { runawayBoundary } from '../../../src/theory/runaway.js';
import { separationBoundary } from '../../../src/theory/separability.js';
import type { Settings } from '../../../src/settings/types.js';
import type { Row } from './row.js';
import { rising, share } from './worlds.js';

const experiment = 'mei2018-runaway';
/** Steep enough that cells other than those at the boundary hardly matter. */
const STEEP = 40;

const halfAt = (boundary: (norm: number) => number, factor = 1) =>
  rising('n', ({ d, norm }: Settings) => factor * boundary(Number(norm)) * Number(d), STEEP);

const predicted = { overlappingRate: halfAt(separationBoundary), finiteRate: halfAt(runawayBoundary) };
/** A share of 1 in some cells and of 0 in the others. */
const only = (isThere: (settings: Settings) => boolean) => share((settings) => (isThere(settings) ? 1 : 0));
const opposed = { overlappingRate: halfAt(separationBoundary, 1.5), finiteRate: halfAt((norm) => 4 / (1 + norm / 4)) };

export const MEI_ROWS: readonly Row[] = [
  {
    experiment,
    claims: /^(gap-norm=|order-in-norm$)/,
    overrides: { d: '80', norm: '0,0.5' },
    holds: predicted,
    fails: opposed,
    edge: { ...predicted, finiteRate: halfAt(separationBoundary, 1.5) },
  },
  {
    experiment,
    claims: /^(?!gap-|order-)/,
    overrides: { d: '80', norm: '0,4' },
    holds: {
      ...predicted,
      logisticAgreesRate: share(1),
      separableFiniteRate: share(0),
      mixedRate: share(0.01),
      oneMinimumRate: share(1),
      infinityLowerRate: share(0),
    },
    fails: {
      ...opposed,
      logisticAgreesRate: share(0.9),
      separableFiniteRate: share(0.1),
      mixedRate: share(0.3),
      oneMinimumRate: share(0.5),
      infinityLowerRate: share(0.5),
    },
    edge: {
      ...predicted,
      logisticAgreesRate: only(({ n }) => n !== 120),
      separableFiniteRate: only(({ n }) => n === 120),
      mixedRate: only(({ n, norm }) => norm === 4 && Number(n) <= 240),
      oneMinimumRate: share(1),
      infinityLowerRate: share(0),
    },
  },
];
