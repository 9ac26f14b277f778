// The shapes and the packed layout that all kernels share.
#ifndef BASIN_KERNELS_GEOMETRY_H_
#define BASIN_KERNELS_GEOMETRY_H_

#include <cstddef>

#include "kernels/words.h"

namespace basin {

// Samples per block of the packed layout: block b holds its samples as (dimension, kBlock), so that a feature of
// kBlock consecutive samples fills vector lanes.
inline constexpr size_t kBlock = 32;

// Alignment of workspaces and of packed inputs that basin allocates: they are read with aligned vector loads.
inline constexpr size_t kAlignment = 64;

// The widest vector of any target, in doubles.
inline constexpr size_t kMaxLanes = 8;

constexpr size_t BlocksFor(size_t samples) { return (samples + kBlock - 1) / kBlock; }
constexpr size_t PaddedSamples(size_t samples) { return BlocksFor(samples) * kBlock; }

// How much is processed at a time. For every row of a product and every start, the operations and their order do not
// depend on these numbers. They change speed, never bits.
struct Blocking {
  size_t groupUnits = 64;  // approximate number of hidden units of a group of starts
  size_t tileRows = 6;     // rows of a register tile, 1 … kMaxTileRows
};
inline constexpr size_t kMaxTileRows = 6;

// Fully connected: strides = 1. Convolution: rows = 1. Hidden unit u = stride * rows + row.
struct Geometry {
  size_t samples;
  size_t dimension;
  size_t strides;
  size_t rows;
  Blocking blocking = {};

  size_t units() const { return strides * rows; }
  size_t rowLength() const { return dimension / strides; }
  size_t weights() const { return rows * rowLength(); }
  size_t blocks() const { return BlocksFor(samples); }
  size_t blockSize() const { return dimension * kBlock; }
};

struct Formula;

struct Activation {
  ActivationKind kind;
  double parameters[2];
  const Formula* formula = nullptr;  // if not null, replaces kind and parameters
};

// A function with its first two derivatives, computed by the formula in long double. native/check compares functors
// with it.
struct ExactValues {
  long double value;
  long double slope;
  long double curvature;
};

// In doubles, or rounded to floats.
template <class T>
struct ProblemOf {
  Geometry shape;
  const T* inputs;  // packed: (blocks, dimension, kBlock), zero beyond the last sample
  const T* labels;  // (samples)
  Activation activation;
  Loss loss;
  const Formula* lossFormula = nullptr;  // a function of f and y; if not null, replaces the loss
};
using Problem = ProblemOf<double>;

// One start: its point and the arrays for its results.
struct StartView {
  const double* weights;        // (rows, rowLength)
  const double* outputWeights;  // (units)
  double* loss;                 // (1); null when not wanted
  double* gradient;             // (rows, rowLength)
  double* outputGradient;       // (units); null when not wanted
};

}  // namespace basin

#endif  // BASIN_KERNELS_GEOMETRY_H_
