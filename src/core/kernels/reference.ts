import type { DescentKernels, RandomKernels, ScoreKernels } from './contract.js';
import type { LandscapeKernels } from './landscapeContract.js';
import type { OnlineKernels } from './onlineContract.js';
import type { PopulationKernels } from './populationContract.js';
import type { SingleKernels } from './singleContract.js';
import { referenceDescent } from './reference/descent.js';
import { referenceLandscape } from './reference/landscape.js';
import { referenceOnline } from './reference/online.js';
import { referencePopulation } from './reference/population.js';
import { referenceRandom } from './reference/random.js';
import { referenceScore } from './reference/score.js';
import { referenceSingle } from './reference/single.js';

/** Operations of a call; plain loops make some 5·10⁸ a second. */
const CALL_FLOPS = 1e7;

/** The plain-loop implementation: slow, readable, and the oracle of every native kernel. */
export const referenceKernels: DescentKernels &
  SingleKernels &
  RandomKernels &
  LandscapeKernels &
  PopulationKernels &
  OnlineKernels &
  ScoreKernels = {
  callFlops: CALL_FLOPS,
  ...referenceDescent,
  ...referenceSingle,
  ...referenceRandom,
  ...referenceLandscape,
  ...referencePopulation,
  ...referenceOnline,
  ...referenceScore,
};
