#include "kernels/online.h"

#include <algorithm>
#include <cmath>

#include "kernels/descent_rules.h"
#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/online.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/losses-inl.h"
#include "kernels/rows-inl.h"
#include "kernels/tiles-inl.h"

#ifndef BASIN_KERNELS_ONLINE_STEP_
#define BASIN_KERNELS_ONLINE_STEP_
namespace basin {

// Whole vectors of every target.
inline size_t Padded(size_t count) { return (count + kMaxLanes - 1) / kMaxLanes * kMaxLanes; }

// Activations of rows at samples, padded to whole vectors with zeros.
struct RowValues {
  double* slopes;  // (rows, samples): pre-activations, then phi', then the factors of the samples in the gradient
  double* values;  // (rows, samples): phi
  size_t count;    // padded

  RowValues(size_t rows, size_t samples, Workspace& workspace) : count(Padded(rows * samples)) {
    slopes = workspace.Take<double>(count);
    values = workspace.Take<double>(count);
  }
};

// Steps whose samples are drawn and labelled at once: several, so that the teacher is read once for all of them.
inline size_t StepsOfChunk(const Online& online) {
  constexpr size_t kChunkSamples = 8;
  return std::max<size_t>(1, kChunkSamples / std::max<size_t>(1, online.batch));
}

// Numbers of a step: whole blocks of the stream.
inline size_t NumbersOfStep(const Online& online) { return (online.batch * (online.dimension + 1) + 3) / 4 * 4; }

struct OnlineBuffers {
  float* numbers;         // (steps of a chunk, numbers of a step): (batch, dimension) inputs, then (batch) of noise
  const float** inputs;   // (steps of a chunk, batch): each of dimension
  double* labels;         // (steps of a chunk, batch), padded
  RowValues teacher;      // at the samples of a chunk
  RowValues student;      // at the samples of a step
  double* outputs;        // (batch), padded
  double* residuals;      // (batch), padded: slope of the loss, divided by the batch

  OnlineBuffers(const Online& online, Workspace& workspace)
      : numbers(workspace.Take<float>(StepsOfChunk(online) * NumbersOfStep(online))),
        inputs(workspace.Take<const float*>(StepsOfChunk(online) * online.batch)),
        labels(workspace.Take<double>(StepsOfChunk(online) * online.batch + kMaxLanes)),
        teacher(online.teacherRows, StepsOfChunk(online) * online.batch, workspace),
        student(online.rows, online.batch, workspace),
        outputs(workspace.Take<double>(Padded(online.batch))),
        residuals(workspace.Take<double>(Padded(online.batch))) {}

  void ListInputs(const Online& online) const {
    for (size_t i = 0; i < StepsOfChunk(online) * online.batch; ++i) {
      inputs[i] = numbers + i / online.batch * NumbersOfStep(online) + i % online.batch * online.dimension;
    }
  }
};

// One start: its point, which moves.
struct OnlineStart {
  double* weights;
  double* outputWeights;
  bool trainOutput;
  double stepSize;
};

}  // namespace basin
#endif  // BASIN_KERNELS_ONLINE_STEP_

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// Inputs are floats in memory and doubles in registers.
template <class D>
HWY_INLINE hn::Vec<D> LoadInputs(D tag, const float* x) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(tag, static_cast<double>(*x));
#else
  return hn::PromoteTo(tag, hn::LoadU(hn::Rebind<float, D>(), x));
#endif
}

constexpr size_t kMostRows = 8;        // of a tile with one sample
constexpr size_t kMostPairedRows = 4;  // of one with two samples, or two vectors of features

// z[r][s] = rows[r] . x[s]. A product is one sum for each lane, in the order of the features, so its bits do not depend
// on the tile.
template <size_t R, size_t S>
HWY_NOINLINE void ProductTile(size_t dimension, const double* rows, const float* const* x, double* z, size_t samples) {
  V sums[R][S];
  for (size_t r = 0; r < R; ++r) {
    for (size_t s = 0; s < S; ++s) sums[r][s] = Zero();
  }
  size_t j = 0;
  for (; j + kLanes <= dimension; j += kLanes) {
    V inputs[S];
#pragma GCC unroll 8
    for (size_t s = 0; s < S; ++s) inputs[s] = LoadInputs(kD, x[s] + j);
#pragma GCC unroll 8
    for (size_t r = 0; r < R; ++r) {
      const V weight = hn::LoadU(kD, rows + r * dimension + j);
#pragma GCC unroll 8
      for (size_t s = 0; s < S; ++s) sums[r][s] = hn::MulAdd(weight, inputs[s], sums[r][s]);
    }
  }
  for (size_t r = 0; r < R; ++r) {
    for (size_t s = 0; s < S; ++s) {
      double sum = hn::GetLane(hn::SumOfLanes(kD, sums[r][s]));
      for (size_t k = j; k < dimension; ++k) sum += rows[r * dimension + k] * static_cast<double>(x[s][k]);
      z[r * samples + s] = sum;
    }
  }
}

template <size_t S, size_t kMost>
void ProductsOfSamples(size_t dimension, size_t rows, const double* weights, const float* const* x, double* z, size_t samples) {
  ForTiles<kMost>(rows, [&](size_t r, auto count) {
    ProductTile<count, S>(dimension, weights + r * dimension, x, z + r * samples, samples);
  });
}

void Products(size_t dimension, size_t rows, const double* weights, const float* const* x, size_t samples, double* z) {
  const size_t paired = samples / 2 * 2;
  for (size_t s = 0; s < paired; s += 2) {
    ProductsOfSamples<2, kMostPairedRows>(dimension, rows, weights, x + s, z + s, samples);
  }
  if (paired < samples) ProductsOfSamples<1, kMostRows>(dimension, rows, weights, x + paired, z + paired, samples);
}

// phi and phi' of rows at samples.
void Activate(const Online& online, size_t rows, const double* weights, const float* const* x, size_t samples,
              const RowValues& at) {
  Products(online.dimension, rows, weights, x, samples, at.slopes);
  std::fill(at.slopes + rows * samples, at.slopes + at.count, 0.0);
  WithRows(online.activation, [&](const auto& by) {
    by.Prepare(at.slopes, at.values, at.count);
    for (size_t i = 0; i < at.count; i += kLanes) {
      const ValueSlope<double> here = by.At(at.slopes + i, at.values + i);
      hn::Store(here.value, kD, at.values + i);
      hn::Store(here.slope, kD, at.slopes + i);
    }
  });
}

// out[s] = sum over the rows of v[r] values[r][s]
void WeightedSums(const double* v, const double* values, size_t rows, size_t samples, double* out) {
  std::fill_n(out, samples, 0.0);
  for (size_t r = 0; r < rows; ++r) {
    for (size_t s = 0; s < samples; ++s) out[s] += v[r] * values[r * samples + s];
  }
}

// The labels of the samples of some steps. The padding of the labels is finite.
void LabelSteps(const Online& online, size_t steps, const OnlineBuffers& b) {
  const size_t samples = steps * online.batch;
  Activate(online, online.teacherRows, online.teacher, b.inputs, samples, b.teacher);
  WeightedSums(online.teacherOutput, b.teacher.values, online.teacherRows, samples, b.labels);
  std::fill_n(b.labels + samples, kMaxLanes, 0.0);
  for (size_t i = 0; i < samples; ++i) {
    const float* const noise = b.numbers + i / online.batch * NumbersOfStep(online) + online.batch * online.dimension;
    b.labels[i] += online.noise * static_cast<double>(noise[i % online.batch]);
  }
}

// Returns whether all residuals are finite.
bool Residuals(const Online& online, const OnlineStart& start, const double* labels, const OnlineBuffers& b) {
  const size_t batch = online.batch;
  WeightedSums(start.outputWeights, b.student.values, online.rows, batch, b.outputs);
  std::fill(b.outputs + batch, b.outputs + Padded(batch), 0.0);
  if (online.lossFormula != nullptr) {
    const double* const in[] = {b.outputs, labels};
    double* const out[] = {nullptr, b.residuals};
    RunFormula<double>(online.lossFormula->slopes, Padded(batch), in, out);
  } else {
    WithLoss(online.loss, [&](auto kind) {
      for (size_t i = 0; i < batch; i += kLanes) {
        hn::Store(kind.Slope(hn::Load(kD, b.outputs + i), hn::LoadU(kD, labels + i)), kD, b.residuals + i);
      }
    });
  }
  const double share = 1.0 / static_cast<double>(batch);
  for (size_t s = 0; s < batch; ++s) b.residuals[s] *= share;
  return std::all_of(b.residuals, b.residuals + batch, [](double residual) { return std::isfinite(residual); });
}

// The factors of the samples in the gradient of each row; v moves here, by the gradient at the same point.
void FactorsAndOutput(const Online& online, const OnlineStart& start, const OnlineBuffers& b) {
  const size_t batch = online.batch;
  for (size_t r = 0; r < online.rows; ++r) {
    double outputGradient = 0.0;
    for (size_t s = 0; s < batch; ++s) {
      outputGradient += b.residuals[s] * b.student.values[r * batch + s];
      b.student.slopes[r * batch + s] *= start.outputWeights[r] * b.residuals[s];
    }
    if (start.trainOutput) start.outputWeights[r] -= start.stepSize * outputGradient;
  }
}

// w[r] -= stepSize * sum over the batch of factors[r][s] x[s], for F vectors of features from j on
template <size_t R, size_t F, class D>
HWY_INLINE void MoveFeatures(D tag, const Online& online, double* w, const double* factors, const float* const* x, size_t j,
                             double stepSize) {
  const size_t lanes = hn::MaxLanes(tag);
  hn::Vec<D> sums[R][F];
  for (size_t r = 0; r < R; ++r) {
    for (size_t f = 0; f < F; ++f) sums[r][f] = hn::Zero(tag);
  }
  for (size_t s = 0; s < online.batch; ++s) {
    hn::Vec<D> inputs[F];
#pragma GCC unroll 8
    for (size_t f = 0; f < F; ++f) inputs[f] = LoadInputs(tag, x[s] + j + f * lanes);
#pragma GCC unroll 8
    for (size_t r = 0; r < R; ++r) {
      const hn::Vec<D> factor = hn::Set(tag, factors[r * online.batch + s]);
#pragma GCC unroll 8
      for (size_t f = 0; f < F; ++f) sums[r][f] = hn::MulAdd(factor, inputs[f], sums[r][f]);
    }
  }
  for (size_t r = 0; r < R; ++r) {
    for (size_t f = 0; f < F; ++f) {
      double* const to = w + r * online.dimension + j + f * lanes;
      hn::StoreU(hn::NegMulAdd(hn::Set(tag, stepSize), sums[r][f], hn::LoadU(tag, to)), tag, to);
    }
  }
}

template <size_t R>
HWY_NOINLINE void MoveRows(const Online& online, double* w, const double* factors, const float* const* x, double stepSize) {
  constexpr size_t kPair = 2 * kLanes;
  size_t j = 0;
  for (; j + kPair <= online.dimension; j += kPair) MoveFeatures<R, 2>(kD, online, w, factors, x, j, stepSize);
  const hn::CappedTag<double, 1> single;
  for (; j < online.dimension; ++j) MoveFeatures<R, 1>(single, online, w, factors, x, j, stepSize);
}

// One step on some samples. Returns false, without moving, if a residual is not finite.
bool Step(const Online& online, const OnlineStart& start, const float* const* x, const double* labels,
          const OnlineBuffers& b) {
  Activate(online, online.rows, start.weights, x, online.batch, b.student);
  if (!Residuals(online, start, labels, b)) return false;
  FactorsAndOutput(online, start, b);
  ForTiles<kMostPairedRows>(online.rows, [&](size_t r, auto count) {
    MoveRows<count>(online, start.weights + r * online.dimension, b.student.slopes + r * online.batch, x, start.stepSize);
  });
  return true;
}

}  // namespace

// Steps on the numbers that lie in the buffers. Returns the number of steps made.
size_t OnlineSteps(const Online& online, const OnlineStart& start, size_t steps, const OnlineBuffers& b) {
  LabelSteps(online, steps, b);
  for (size_t t = 0; t < steps; ++t) {
    const size_t first = t * online.batch;
    if (!Step(online, start, b.inputs + first, b.labels + first, b)) return t;
  }
  return steps;
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {
namespace {

HWY_EXPORT(OnlineSteps);

void DescendStart(const Online& online, const Descents& state, const OnlineSamples& samples, size_t l, size_t updates,
                  const int32_t* cancel, const OnlineBuffers& b) {
  const OnlineStart start = {state.weights + l * online.weights(), state.outputWeights + l * online.rows, state.trainOutput,
                             state.stepSizes[l]};
  const size_t numbers = NumbersOfStep(online);
  const uint64_t first = samples.sequences[l] * kSequenceBlocks;
  for (size_t left = updates; left > 0 && !IsCancelled(cancel);) {
    const size_t steps = std::min(left, StepsOfChunk(online));
    const uint64_t step = static_cast<uint64_t>(state.iterations[l]);
    FillSingleNormals(samples.stream, first + step * (numbers / 4), {b.numbers, steps * numbers});
    const size_t made = HWY_DYNAMIC_DISPATCH(OnlineSteps)(online, start, steps, b);
    state.iterations[l] += static_cast<int32_t>(made);
    if (made < steps) {
      state.status[l] = kDiverged;
      return;
    }
    left -= steps;
  }
}

}  // namespace

size_t OnlineWorkspaceBytes(const Online& online) {
  Workspace counting;
  const OnlineBuffers buffers(online, counting);
  return counting.used();
}

size_t DescendOnline(const Online& online, const Descents& state, const OnlineSamples& samples, size_t updates,
                     const int32_t* cancel, std::span<std::byte> workspace) {
  Workspace parts(workspace);
  const OnlineBuffers b(online, parts);
  b.ListInputs(online);
  for (size_t l = 0; l < state.starts; ++l) {
    if (state.status[l] == kRunning) DescendStart(online, state, samples, l, updates, cancel, b);
  }
  return static_cast<size_t>(std::count(state.status, state.status + state.starts, static_cast<int32_t>(kRunning)));
}

}  // namespace basin
#endif  // HWY_ONCE
