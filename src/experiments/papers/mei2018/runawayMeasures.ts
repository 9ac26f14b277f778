import { meanShare, median } from '../../../statistics/means.js';
import { rate } from '../../../statistics/rates.js';
import type { Measure } from '../../spec.js';

function rateOf(name: string, of: string, description: string): Measure {
  return { name, of, description: `share of training sets ${description}`, estimate: rate };
}

export const MEASURES: readonly Measure[] = [
  rateOf('overlappingRate', 'overlapping', 'that no half-space separates: the cross entropy has a finite minimiser'),
  rateOf('finiteRate', 'finite', 'on which the descent on the squared loss from w = 0 ends at a finite minimum'),
  {
    name: 'ballFiniteShare',
    of: 'ballFinite',
    description: 'mean share of the starts in the ball that end at a finite minimum of the squared loss',
    estimate: meanShare,
  },
  rateOf('oneMinimumRate', 'oneMinimum', 'on which all starts end at one finite minimum of the squared loss'),
  rateOf('mixedRate', 'mixed', 'on which some starts end at a finite minimum of the squared loss and others run away'),
  {
    name: 'unsettledShare',
    of: 'unsettled',
    description: 'mean share of starts that end at no minimum of the squared loss and have not run away',
    estimate: meanShare,
  },
  rateOf(
    'logisticAgreesRate',
    'logisticAgrees',
    'on which all descents on the cross entropy end at a minimum if it overlaps, and none if it is separable',
  ),
  rateOf(
    'separableFiniteRate',
    'separableFinite',
    'that are separable, on which a descent on the squared loss ends at a finite minimum',
  ),
  rateOf(
    'infinityLowerRate',
    'infinityLower',
    'with one minimum of the squared loss, on which some direction has a lower loss at infinity',
  ),
  {
    name: 'error',
    of: 'error',
    description: 'median of ‖ŵ − w*‖ where all starts end at one minimum of the squared loss',
    estimate: median,
  },
];
