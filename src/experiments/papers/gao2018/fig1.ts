import { scoreErrorExperiment, SHARED_CHOICES } from './scoreErrors.js';

/**
 * gao2018, Figure 1: error of the estimated second and fourth score functions of a Gaussian against the sample size.
 */
export const gao2018Fig1 = scoreErrorExperiment({
  id: 'gao2018-fig1',
  law: 'gaussian',
  lawText: 'x ~ N(0, I)',
  source: 'gao2018, Section 2.5, Figure 1',
  bandwidth: { S2: 6, S4: 10 },
  published: { S2: -0.5143, S4: -0.4984 },
  openChoices: SHARED_CHOICES,
});
