/** The losses of a network output f against a label y, as the papers write them. */
export const LOSS_NAMES = ['squared', 'cross-entropy'] as const;
export type LossName = (typeof LOSS_NAMES)[number];

/** Cross entropy divides by f(1−f): f is clipped to [CLIP, 1−CLIP] first (fu2019; the clip is ours, see open details). */
export const CROSS_ENTROPY_CLIP = 1e-15;

/** ℓ and its first two derivatives in f. */
export interface Loss {
  readonly name: LossName;
  readonly value: (f: number, y: number) => number;
  readonly derivative: (f: number, y: number) => number;
  readonly secondDerivative: (f: number, y: number) => number;
}

function clip(f: number): number {
  return Math.min(Math.max(f, CROSS_ENTROPY_CLIP), 1 - CROSS_ENTROPY_CLIP);
}

export const LOSSES: Readonly<Record<LossName, Loss>> = {
  /** ½(f − y)² (fu2018, eq. 6) */
  'squared': {
    name: 'squared',
    value: (f, y) => 0.5 * (f - y) * (f - y),
    derivative: (f, y) => f - y,
    secondDerivative: () => 1,
  },
  /** −y ln f − (1−y) ln(1−f) with f clipped (fu2019, eq. 3); derivatives are those of the formula at the clipped f. */
  'cross-entropy': {
    name: 'cross-entropy',
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
  },
};
