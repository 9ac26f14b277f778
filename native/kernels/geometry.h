// The shapes and the packed layout that all kernels share.
#ifndef BASIN_KERNELS_GEOMETRY_H_
#define BASIN_KERNELS_GEOMETRY_H_

#include <cstddef>
#include <cstdint>

namespace basin {

// Samples per block of the packed layout: block b holds its samples as (dimension, kBlock), so that a feature of
// kBlock consecutive samples fills vector lanes.
inline constexpr size_t kBlock = 32;

// Workspaces and packed inputs are read with aligned vector loads where they are ours.
inline constexpr size_t kAlignment = 64;

// The widest vector of any target, in doubles.
inline constexpr size_t kMaxLanes = 8;

constexpr size_t BlocksFor(size_t samples) { return (samples + kBlock - 1) / kBlock; }
constexpr size_t PaddedSamples(size_t samples) { return BlocksFor(samples) * kBlock; }

// Fully connected: strides = 1. Convolution: rows = 1. Hidden unit u = stride * rows + row.
struct Geometry {
  size_t samples;
  size_t dimension;
  size_t strides;
  size_t rows;

  size_t units() const { return strides * rows; }
  size_t rowLength() const { return dimension / strides; }
  size_t weights() const { return rows * rowLength(); }
  size_t blocks() const { return BlocksFor(samples); }
  size_t blockSize() const { return dimension * kBlock; }
};

// In the order of ACTIVATION_KINDS of src/core/activations.ts.
enum class ActivationKind : int32_t {
  kSigmoid, kTanh, kSoftplus, kRelu, kLeakyRelu, kSquaredRelu, kQuadratic, kLinear, kErf,
};
inline constexpr int32_t kActivationKinds = 9;

struct Activation {
  ActivationKind kind;
  double parameters[2];
};

// In the order of LOSS_NAMES of src/core/losses.ts.
enum class Loss : int32_t { kSquared, kCrossEntropy };
inline constexpr int32_t kLosses = 2;

// In doubles, or rounded to floats.
template <class T>
struct ProblemOf {
  Geometry shape;
  const T* inputs;  // packed: (blocks, dimension, kBlock), zero beyond the last sample
  const T* labels;  // (samples)
  Activation activation;
  Loss loss;
};
using Problem = ProblemOf<double>;

// One start: where its point lies and where its results go.
struct StartView {
  const double* weights;        // (rows, rowLength)
  const double* outputWeights;  // (units)
  double* loss;                 // (1); null when not wanted
  double* gradient;             // (rows, rowLength)
  double* outputGradient;       // (units); null when not wanted
};

}  // namespace basin

#endif  // BASIN_KERNELS_GEOMETRY_H_
