import type { DescentKernels, RandomKernels, ScoreKernels } from './contract.js';
import { referenceDescent } from './reference/descent.js';
import { referenceRandom } from './reference/random.js';
import { referenceScore } from './reference/score.js';

/** The plain-loop implementation: slow, readable, and the oracle of every native kernel. */
export const referenceKernels: DescentKernels & RandomKernels & ScoreKernels = { ...referenceDescent, ...referenceRandom, ...referenceScore };
