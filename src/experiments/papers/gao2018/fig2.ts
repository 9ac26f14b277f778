import { scoreErrorExperiment, SHARED_CHOICES } from './scoreErrors.js';

/** gao2018, Figure 2: error of the estimated second and fourth score functions of a mixture against the sample size. */
export const gao2018Fig2 = scoreErrorExperiment({
  id: 'gao2018-fig2',
  law: 'mixture',
  lawText: 'x ~ ½N(1, I) + ½N(−1, I)',
  source: 'gao2018, Section 2.5, Figure 2',
  bandwidth: { S2: 1.5, S4: 2.5 },
  published: { S2: -0.2587, S4: -0.1343 },
  split: 'exact',
  openChoices: [
    ...SHARED_CHOICES,
    'The sample has exactly n/2 points of each component, as in the authors’ script (--set split=random draws the sides).',
  ],
});
