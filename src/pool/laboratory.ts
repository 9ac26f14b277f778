/**
 * The exports that a worker needs from the rest of the program; a test may give the pool a module of its own with these
 * exports.
 */
export { loadExperiment } from '../definitions/load.js';
export { loadNativeKernels } from '../core/kernels/native.js';
export { findRunner as findExperiment, studyRunner } from '../experiments/registry.js';
