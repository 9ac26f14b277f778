import type { DescentKernels, RandomKernels } from './contract.js';
import { referenceDescent } from './reference/descent.js';
import { referenceRandom } from './reference/random.js';

/** The plain-loop implementation: slow, readable, and the oracle of every native kernel. */
export const referenceKernels: DescentKernels & RandomKernels = { ...referenceDescent, ...referenceRandom };
