#include "kernels/risk.h"

#include <algorithm>
#include <limits>

#include "kernels/blocking.h"
#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/risk.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/group-inl.h"
#include "kernels/losses-inl.h"
#include "kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// Arrays of one start while a block is processed.
template <class T>
struct StartBlock {
  size_t units;
  const double* outputWeights;
  T* rows;         // (units, kBlock): pre-activations in, l' phi' out
  T* lossLanes;    // null if the loss is not wanted
  T* values;       // scratch for phi
  T* outputLanes;  // null without output gradient
};

// Computes f for one vector of samples and writes phi' into the rows.
template <bool kOutputGradient, class T, class Rows>
HWY_INLINE Vector<T> ActivateVector(const Rows& by, const StartBlock<T>& start, size_t i) {
  constexpr Tag<T> kTag;
  Vector<T> f = Zero<T>();
  for (size_t u = 0; u < start.units; ++u) {
    T* const z = start.rows + u * kBlock + i;
    const ValueSlope<T> at = by.At(z, start.values + u * kBlock + i);
    f = hn::MulAdd(Splat<T>(start.outputWeights[u]), at.value, f);
    hn::StoreU(at.slope, kTag, z);
    if constexpr (kOutputGradient) hn::StoreU(at.value, kTag, start.values + u * kBlock + i);
  }
  return f;
}

// A selection sets padding lanes to zero, because phi' may be NaN there even if the loss of the samples is finite.
template <bool kOutputGradient, class T, class Mask>
HWY_INLINE void ApplyResidual(const StartBlock<T>& start, size_t i, Mask exists, Vector<T> residual) {
  constexpr Tag<T> kTag;
  for (size_t u = 0; u < start.units; ++u) {
    T* const slope = start.rows + u * kBlock + i;
    hn::StoreU(hn::IfThenElseZero(exists, hn::Mul(residual, hn::LoadU(kTag, slope))), kTag, slope);
    if constexpr (kOutputGradient) {
      const Vector<T> value = hn::LoadU(kTag, start.values + u * kBlock + i);
      AddToStoredLanes<T>(start.outputLanes + u * kLanesOf<T>, hn::IfThenElseZero(exists, hn::Mul(residual, value)));
    }
  }
}

template <class T>
HWY_INLINE void ClearVectors(const StartBlock<T>& start, size_t from) {
  for (size_t u = 0; u < start.units; ++u) {
    std::fill(start.rows + u * kBlock + from, start.rows + (u + 1) * kBlock, T(0));
  }
}

// The loss is a formula; it is applied to the outputs of the whole block.
template <bool kOutputGradient, class T, class Rows>
HWY_INLINE void ActivateByFormula(const Rows& by, const Formula& loss, const BlockLabels<T>& labels, const StartBlock<T>& start) {
  constexpr Tag<T> kTag;
  alignas(kAlignment) T outputs[kBlock] = {};
  alignas(kAlignment) T losses[kBlock];
  alignas(kAlignment) T residuals[kBlock];
  for (size_t i = 0; i < labels.valid; i += kLanesOf<T>) hn::StoreU(ActivateVector<kOutputGradient>(by, start, i), kTag, outputs + i);
  const T* const in[] = {outputs, labels.values};
  T* const out[] = {losses, residuals};
  RunFormula<T>(loss.slopes, kBlock, in, out);
  size_t i = 0;
  for (; i < labels.valid; i += kLanesOf<T>) {
    const auto exists = hn::FirstN(kTag, labels.valid - i);
    if (start.lossLanes != nullptr) {
      AddToStoredLanes<T>(start.lossLanes, hn::IfThenElseZero(exists, hn::LoadU(kTag, losses + i)));
    }
    ApplyResidual<kOutputGradient>(start, i, exists, hn::LoadU(kTag, residuals + i));
  }
  ClearVectors(start, i);
}

template <bool kOutputGradient, class T, class Rows>
HWY_INLINE void ActivateStart(const Rows& by, const ProblemOf<T>& problem, const BlockLabels<T>& labels,
                              const StartBlock<T>& start) {
  constexpr Tag<T> kTag;
  by.Prepare(start.rows, start.values, start.units * kBlock);
  if (problem.lossFormula != nullptr) return ActivateByFormula<kOutputGradient>(by, *problem.lossFormula, labels, start);
  size_t i = 0;
  for (; i < labels.valid; i += kLanesOf<T>) {
    const auto exists = hn::FirstN(kTag, labels.valid - i);
    const Vector<T> f = ActivateVector<kOutputGradient>(by, start, i);
    const Vector<T> y = hn::LoadU(kTag, labels.values + i);
    Vector<T> residual = f;
    WithLoss<T>(problem.loss, [&](auto kind) {
      if constexpr (requires { kind.Value(f, y); }) {
        if (start.lossLanes != nullptr) AddToStoredLanes<T>(start.lossLanes, hn::IfThenElseZero(exists, kind.Value(f, y)));
      }
      residual = kind.Slope(f, y);
    });
    ApplyResidual<kOutputGradient>(start, i, exists, residual);
  }
  ClearVectors(start, i);
}

// A group of starts while one run of blocks is processed.
struct Group {
  std::span<const StartView> starts;
  size_t first;
};

template <bool kOutputGradient, class T, class Rows>
HWY_NOINLINE void ActivateGroup(const Rows& by, const ProblemOf<T>& problem, const BlockLabels<T>& labels,
                                const Group& group, const RiskBuffers<T>& buffers, T* rows) {
  const size_t units = problem.shape.units();
  for (size_t s = 0; s < group.starts.size(); ++s) {
    const size_t start = group.first + s;
    T* const lossLanes = group.starts[s].loss == nullptr ? nullptr : buffers.lossLanes + start * kLanesOf<T>;
    T* const outputLanes = kOutputGradient ? buffers.outputLanes + start * units * kLanesOf<T> : nullptr;
    ActivateStart<kOutputGradient>(by, problem, labels,
                                   StartBlock<T>{units, group.starts[s].outputWeights, rows + s * units * kBlock,
                                                 lossLanes, buffers.values, outputLanes});
  }
}

template <class T>
void EvaluateRun(const ProblemOf<T>& problem, size_t firstBlock, size_t blocks, const Group& group,
                 const RiskBuffers<T>& buffers) {
  const Geometry& shape = problem.shape;
  const RowLists<T> lists = {buffers.sources, buffers.rows, buffers.sums};
  const size_t rowStep = group.starts.size() * shape.units() * kBlock;
  const T* const inputs = problem.inputs + firstBlock * shape.blockSize();
  for (size_t b = 0; b < blocks; ++b) {
    T* const rows = buffers.coefficients + b * rowStep;
    ForwardGroup(shape, inputs + b * shape.blockSize(), group.starts.size(), lists,
                 [&](size_t s) { return buffers.weights[group.first + s]; }, rows);
    const BlockLabels<T> labels = LabelsOfBlock(problem, firstBlock + b, buffers.labels);
    WithRows<T>(problem.activation, [&](const auto& by) {
      if (buffers.outputLanes != nullptr) return ActivateGroup<true>(by, problem, labels, group, buffers, rows);
      return ActivateGroup<false>(by, problem, labels, group, buffers, rows);
    });
  }
  BackwardGroup(shape, inputs, blocks, group.starts.size(), lists, buffers.coefficients,
                buffers.unitGradients + group.first * shape.units() * shape.rowLength());
}

// The mean over samples, and the sum over the units that share a row of weights.
template <class T>
void FinishStart(const Geometry& shape, const StartView& start, size_t s, const RiskBuffers<T>& buffers) {
  const double perSample = shape.samples == 0 ? 0.0 : 1.0 / static_cast<double>(shape.samples);
  const size_t length = shape.rowLength();
  if (start.loss != nullptr) *start.loss = SumOfStoredLanes(buffers.lossLanes + s * kLanesOf<T>) * perSample;
  std::fill(start.gradient, start.gradient + shape.weights(), 0.0);
  for (size_t u = 0; u < shape.units(); ++u) {
    const double factor = start.outputWeights[u] * perSample;
    const double* const sum = buffers.unitGradients + (s * shape.units() + u) * length;
    double* const gradient = start.gradient + u % shape.rows * length;
    for (size_t j = 0; j < length; ++j) gradient[j] += factor * sum[j];
  }
  if (buffers.outputLanes == nullptr) return;
  for (size_t u = 0; u < shape.units(); ++u) {
    const T* const lanes = buffers.outputLanes + (s * shape.units() + u) * kLanesOf<T>;
    start.outputGradient[u] = SumOfStoredLanes(lanes) * perSample;
  }
}

// Lists where the weights of every start lie as T. Doubles are used in place; floats are a rounded copy.
template <class T>
void ListWeights(const Geometry& shape, std::span<const StartView> starts, const RiskBuffers<T>& buffers) {
  for (size_t s = 0; s < starts.size(); ++s) {
    if constexpr (!kSingle<T>) {
      buffers.weights[s] = starts[s].weights;
    } else {
      T* const rounded = buffers.rounded + s * shape.weights();
      for (size_t i = 0; i < shape.weights(); ++i) rounded[i] = static_cast<T>(starts[s].weights[i]);
      buffers.weights[s] = rounded;
    }
  }
}

template <class T>
void Evaluate(const ProblemOf<T>& problem, std::span<const StartView> starts, const RiskBuffers<T>& buffers) {
  const Geometry& shape = problem.shape;
  const size_t units = starts.size() * shape.units();
  ListWeights(shape, starts, buffers);
  std::fill_n(buffers.lossLanes, starts.size() * kLanesOf<T>, T(0));
  std::fill_n(buffers.unitGradients, units * shape.rowLength(), 0.0);
  if (buffers.outputLanes != nullptr) std::fill_n(buffers.outputLanes, units * kLanesOf<T>, T(0));
  ForPieces(shape.blocks(), BlocksPerRun(shape), [&](size_t firstBlock, size_t blocks) {
    ForPieces(starts.size(), StartsPerGroup(shape), [&](size_t first, size_t count) {
      EvaluateRun(problem, firstBlock, blocks, Group{starts.subspan(first, count), first}, buffers);
    });
  });
  for (size_t s = 0; s < starts.size(); ++s) FinishStart(shape, starts[s], s, buffers);
}

}  // namespace

void EvaluateRisk(const Problem& problem, std::span<const StartView> starts, const RiskBuffers<double>& buffers) {
  Evaluate(problem, starts, buffers);
}

void EvaluateSingleRisk(const ProblemOf<float>& problem, std::span<const StartView> starts,
                         const RiskBuffers<float>& buffers) {
  Evaluate(problem, starts, buffers);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(EvaluateRisk);
HWY_EXPORT(EvaluateSingleRisk);

template <class T>
RiskEvaluatorOf<T>::RiskEvaluatorOf(const Geometry& shape, size_t maxStarts, bool outputGradient, Workspace& workspace) {
  const size_t groupUnits = LargestGroup(shape, maxStarts) * shape.units();
  const size_t runBlocks = std::min(BlocksPerRun(shape), shape.blocks());
  constexpr size_t kMostLanes = kMaxLanes * sizeof(double) / sizeof(T);
  buffers_.coefficients = workspace.Take<T>(runBlocks * groupUnits * kBlock);
  buffers_.lossLanes = workspace.Take<T>(maxStarts * kMostLanes);
  buffers_.unitGradients = workspace.Take<double>(maxStarts * shape.units() * shape.rowLength());
  buffers_.labels = workspace.Take<T>(kBlock);
  buffers_.weights = workspace.Take<const T*>(maxStarts);
  buffers_.rounded = !kSingle<T> ? nullptr : workspace.Take<T>(maxStarts * shape.weights());
  buffers_.sources = workspace.Take<const T*>(groupUnits);
  buffers_.rows = workspace.Take<T*>(groupUnits);
  buffers_.sums = workspace.Take<double*>(groupUnits);
  buffers_.values = workspace.Take<T>(shape.units() * kBlock);
  buffers_.outputLanes = outputGradient ? workspace.Take<T>(maxStarts * shape.units() * kMostLanes) : nullptr;
}

template <>
void RiskEvaluatorOf<double>::Evaluate(const Problem& problem, std::span<const StartView> starts) const {
  HWY_DYNAMIC_DISPATCH(EvaluateRisk)(problem, starts, buffers_);
}

template <>
void RiskEvaluatorOf<float>::Evaluate(const ProblemOf<float>& problem, std::span<const StartView> starts) const {
  HWY_DYNAMIC_DISPATCH(EvaluateSingleRisk)(problem, starts, buffers_);
}

template class RiskEvaluatorOf<double>;
template class RiskEvaluatorOf<float>;

double LargestLoss(const Problem& problem) {
  constexpr double kUnbounded = std::numeric_limits<double>::infinity();
  constexpr double kLargestLog = 35.0;  // -log of the clip 1e-15 is 34.54
  if (problem.loss != Loss::kCrossEntropy) return kUnbounded;
  const std::span<const double> labels(problem.labels, problem.shape.samples);
  const bool shares = std::ranges::all_of(labels, [](double y) { return 0.0 <= y && y <= 1.0; });
  return shares ? kLargestLog : kUnbounded;
}

size_t EvaluationWorkspaceBytes(const Geometry& shape, size_t starts) {
  Workspace counting;
  counting.Take<StartView>(starts);
  const RiskEvaluator evaluator(shape, starts, true, counting);
  return counting.used();
}

void EvaluatePoints(const Problem& problem, const PointEvaluation& points, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  StartView* const views = workspace.Take<StartView>(points.starts);
  for (size_t l = 0; l < points.starts; ++l) {
    const size_t w = l * problem.shape.weights();
    const size_t v = l * problem.shape.units();
    views[l] = {points.weights + w, points.outputWeights + v, points.loss + l, points.gradient + w,
                points.outputGradient + v};
  }
  RiskEvaluator(problem.shape, points.starts, true, workspace).Evaluate(problem, {views, points.starts});
}

}  // namespace basin
#endif  // HWY_ONCE
