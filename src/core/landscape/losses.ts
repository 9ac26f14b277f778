/** The designed losses of gao2018, each once. */
import { wordsOf } from '../../base/vocabulary.js';
import type { InputLaw } from '../networks/inputs.js';
import { exactCopies, exactTerms, gaussianTerms, type ScoreTerms } from './terms.js';

interface LandscapeLoss {
  readonly description: string;
  /** The score function in the loss, at inputs (n, d) of a law, row-major. */
  readonly terms: (law: InputLaw, inputs: Float64Array, samples: number, dimension: number) => ScoreTerms;
  /** Arrays of the size of the inputs that are held at the same time while the terms are computed. */
  readonly copies: (law: InputLaw) => number;
}

export const LANDSCAPE_LOSSES = {
  'landscape-L': {
    description: 'L of gao2018, with the score of the law of the inputs',
    terms: exactTerms,
    copies: exactCopies,
  },
  'landscape-G': {
    description: 'G of gao2018, with the score of N(0, I)',
    terms: (_law, inputs, samples, dimension) => gaussianTerms(inputs, samples, dimension),
    copies: () => exactCopies('gaussian'),
  },
} as const satisfies Readonly<Record<string, LandscapeLoss>>;

export const LANDSCAPE_LOSS_NAMES = wordsOf(LANDSCAPE_LOSSES);
