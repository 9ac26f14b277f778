/**
 * The losses of a network output f against a label y, as the papers write them, each once; the kernels have a functor
 * of the same name.
 */
import { wordsOf, type Word } from '../../base/vocabulary.js';
import type { Formula } from './formulas/formula.js';

/**
 * Cross entropy divides by f(1−f): f is clipped to [CLIP, 1−CLIP] first (fu2019; the clip is ours, see open details).
 */
export const CROSS_ENTROPY_CLIP = 1e-15;

/** ℓ and its first two derivatives in f. */
export interface Loss {
  readonly description: string;
  /** The range of f and y: any numbers, or probabilities (f outside (0, 1) is clipped). */
  readonly takes: 'numbers' | 'probabilities';
  /** Residuals f − y at which ℓ″ jumps. */
  readonly kinks?: readonly number[];
  /** An upper bound of the loss, where float32 cannot compute the loss; absent where it can. */
  readonly largest?: number;
  readonly value: (f: number, y: number) => number;
  readonly derivative: (f: number, y: number) => number;
  readonly secondDerivative: (f: number, y: number) => number;
  /** the formula of a loss that is written as one */
  readonly formula?: Formula;
  /** Rows f, y, ℓ, ℓ′, ℓ″ for tests: the formula and its numerical derivatives in 60 digits (mpmath). */
  readonly examples?: readonly (readonly [number, number, number, number, number])[];
}

function clip(f: number): number {
  return Math.min(Math.max(f, CROSS_ENTROPY_CLIP), 1 - CROSS_ENTROPY_CLIP);
}

export const LOSSES = {
  squared: {
    description: '½(f − y)² (fu2018, eq. 6)',
    takes: 'numbers',
    value: (f, y) => 0.5 * (f - y) * (f - y),
    derivative: (f, y) => f - y,
    secondDerivative: () => 1,
    examples: [
      [0.25, 1, 0.28125, -0.75, 1],
      [-3, 0.5, 6.125, -3.5, 1],
    ],
  },
  'cross-entropy': {
    description:
      '−y ln f − (1−y) ln(1−f) with f clipped (fu2019, eq. 3); derivatives are those of the formula at the clipped f',
    takes: 'probabilities',
    largest: 35,
    value: (f, y) => {
      const p = clip(f);
      return -y * Math.log(p) - (1 - y) * Math.log1p(-p);
    },
    derivative: (f, y) => {
      const p = clip(f);
      return (p - y) / (p * (1 - p));
    },
    secondDerivative: (f, y) => {
      const p = clip(f);
      return y / (p * p) + (1 - y) / ((1 - p) * (1 - p));
    },
    examples: [
      [0.25, 1, 1.3862943611198906, -4, 16],
      [0.9, 0, 2.302585092994046, 10, 100],
      [0.5, 0.3, 0.6931471805599453, 0.8, 4],
      [1e-9, 1, 20.72326583694641, -1e9, 1e18],
    ],
  },
} as const satisfies Readonly<Record<string, Loss>>;

export type LossName = Word<typeof LOSSES>;

export const LOSS_NAMES = wordsOf(LOSSES);
