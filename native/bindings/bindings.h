// One function per export. Results are written into arrays of the caller. Parameters have the order given here.
// [problem] = samples, dimension, strides, rows, inputs, activation, parameter 0, parameter 1
// [rule] = rule, momentum, firstFactor, factors?, firstMoment?, secondMoment?
#ifndef BASIN_BINDINGS_BINDINGS_H_
#define BASIN_BINDINGS_BINDINGS_H_

#include <napi.h>

namespace basin {

// (samples, dimension) -> Float64Array of zeros that is long enough for the packed layout
Napi::Value AllocateInputs(const Napi::CallbackInfo& info);
// (values) -> number of elements before the first cache line that begins in the array
Napi::Value Alignment(const Napi::CallbackInfo& info);
// (samples, dimension, values)
void Prepare(const Napi::CallbackInfo& info);
// ([problem], starts, weights, outputWeights, outputs)
void Outputs(const Napi::CallbackInfo& info);
// ([problem], labels, loss, starts, weights, outputWeights, losses, gradients, outputGradients)
void Evaluate(const Napi::CallbackInfo& info);
// ([problem], labels, loss, starts, weights, outputWeights, trainOutput, stepSizes, status, iterations, signOutput,
//  firstLoss, loss, gradientNorm, backtracking, updates, tolerance, lossTolerance, divergenceFactor, divergenceFloor,
//  leastProgress, cancel?, [rule]) -> number of starts that still run
Napi::Value DescendBatch(const Napi::CallbackInfo& info);
// ([problem], labels, loss, starts, weights, outputWeights, trainOutput, stepSizes, status, iterations, size, rows,
//  cancel?, [rule]) -> number of starts that still run
Napi::Value DescendSamples(const Napi::CallbackInfo& info);

// (network and labels with inputs and labels in Float32Array, points, trainOutput, stepSizes, updates, gradients,
//  outputGradients, cancel)
void DescendSingles(const Napi::CallbackInfo& info);
// ([problem], labels, loss, starts, weights, outputWeights, directions, outputDirections, trainOutput, products,
//  outputProducts)
void HessianVectors(const Napi::CallbackInfo& info);

// [landscape] = terms, dimension, rows, curvatureLength, gradients, weights, curvatures?, mass, second?, third?, fourth?,
//  sign, mu, penalty
// [method] = unitRows, stepSize, weights, status, iterations, loss, gradientNorm, updates, tolerance, cancel?, [rule]
// ([landscape], rows, loss, gradient)
void EvaluateLandscape(const Napi::CallbackInfo& info);
// ([landscape], [method]) -> 1 if the descent still runs, else 0
Napi::Value DescendLandscape(const Napi::CallbackInfo& info);
// ([problem], labels, loss, outputWeights, [method]) -> 1 if the descent still runs, else 0
Napi::Value DescendRisk(const Napi::CallbackInfo& info);

// [population] = dimension, rows, teacherRows, activation, parameter 0, parameter 1, teacher, teacherOutput, constant
// ([population], starts, weights, outputWeights, losses, gradients, outputGradients)
void EvaluatePopulationRisk(const Napi::CallbackInfo& info);
// ([population], starts, weights, outputWeights, trainOutput, stepSizes, status, iterations, firstLoss, loss,
//  gradientNorm, updates, tolerance, lossTolerance, divergenceFactor, divergenceFloor, cancel?, [rule]) -> number of
//  starts that still run
Napi::Value DescendPopulationRisk(const Napi::CallbackInfo& info);
// (dimension, rows, teacherRows, activation, parameter 0, parameter 1, teacher, teacherOutput, loss, noise, batch, key 0,
//  key 1, trial, purpose, sequences, starts, weights, outputWeights, trainOutput, stepSizes, status, iterations, updates,
//  cancel?) -> number of starts that still run
Napi::Value DescendOnlineSamples(const Napi::CallbackInfo& info);

// (m, n, k, transposeA, transposeB, a, b, c)
void MultiplyMatrices(const Napi::CallbackInfo& info);
// (n, matrix in and vectors out, values)
void SymmetricEigenDecomposition(const Napi::CallbackInfo& info);
// (m, n, matrix in and q out, r)
void QrDecomposition(const Napi::CallbackInfo& info);
// (m, n, matrix (destroyed), u, s, vt)
void SingularValueDecomposition(const Napi::CallbackInfo& info);
// (n, k, matrix (destroyed), b in and x out)
void SolveSystem(const Napi::CallbackInfo& info);

// (samples, dimension, inputs, bandwidth, count, points, leftOut, shares, means, covariances)
void LocalMomentsAtPoints(const Napi::CallbackInfo& info);

// (counter, key, words)
void PhiloxBlock(const Napi::CallbackInfo& info);
// (key 0, key 1, trial, purpose, firstBlock, out)
void Uniforms(const Napi::CallbackInfo& info);
void Normals(const Napi::CallbackInfo& info);
void SingleNormals(const Napi::CallbackInfo& info);

// (variables, constants, registers, code, outputs) of value and slope, the same of value, slope and curvature -> number
Napi::Value DefineFormula(const Napi::CallbackInfo& info);
// (stepBits, octaves, low, high, kinks, rows of values, of slopes, of curvatures) -> number; formulas and pieces share
// one numbering
Napi::Value DefinePieces(const Napi::CallbackInfo& info);

// () -> NativeInfo
Napi::Value Info(const Napi::CallbackInfo& info);

// () -> { activations, losses, updateRules, statuses }: lists of names; the index of a name is its number in calls
Napi::Value Words(const Napi::CallbackInfo& info);

// (groupUnits, tileRows)
void Tune(const Napi::CallbackInfo& info);

}  // namespace basin

#endif  // BASIN_BINDINGS_BINDINGS_H_
