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

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// What one start keeps while a block passes.
struct StartBlock {
  size_t units;
  const double* outputWeights;
  double* rows;         // (units, kBlock): pre-activations in, l' phi' out
  double* lossLanes;    // null where the loss is not wanted
  double* values;       // scratch for phi
  double* outputLanes;  // null without output gradient
};

// f of one vector of samples; leaves phi' in the rows.
template <bool kOutputGradient, class Act>
HWY_INLINE V ActivateVector(const Act& act, const StartBlock& start, size_t i) {
  V f = hn::Zero(kD);
  for (size_t u = 0; u < start.units; ++u) {
    double* const z = start.rows + u * kBlock + i;
    const ValueSlope at = act.At(hn::LoadU(kD, z));
    f = hn::MulAdd(Splat(start.outputWeights[u]), at.value, f);
    hn::StoreU(at.slope, kD, z);
    if constexpr (kOutputGradient) hn::StoreU(at.value, kD, start.values + u * kBlock + i);
  }
  return f;
}

// Padding lanes are cleared by selection: there phi' may be NaN where the loss of the samples is finite.
template <bool kOutputGradient, class Mask>
HWY_INLINE void ApplyResidual(const StartBlock& start, size_t i, Mask exists, V residual) {
  for (size_t u = 0; u < start.units; ++u) {
    double* const slope = start.rows + u * kBlock + i;
    hn::StoreU(hn::IfThenElseZero(exists, hn::Mul(residual, hn::LoadU(kD, slope))), kD, slope);
    if constexpr (kOutputGradient) {
      const V value = hn::LoadU(kD, start.values + u * kBlock + i);
      AddToStoredLanes(start.outputLanes + u * kLanes, hn::IfThenElseZero(exists, hn::Mul(residual, value)));
    }
  }
}

HWY_INLINE void ClearVectors(const StartBlock& start, size_t from) {
  for (size_t u = 0; u < start.units; ++u) {
    std::fill(start.rows + u * kBlock + from, start.rows + (u + 1) * kBlock, 0.0);
  }
}

template <bool kOutputGradient, class Act>
HWY_INLINE void ActivateStart(const Act& act, Loss loss, const BlockLabels& labels, const StartBlock& start) {
  size_t i = 0;
  for (; i < labels.valid; i += kLanes) {
    const auto exists = hn::FirstN(kD, labels.valid - i);
    const V f = ActivateVector<kOutputGradient>(act, start, i);
    const V y = hn::LoadU(kD, labels.values + i);
    V residual = f;
    WithLoss(loss, [&](auto kind) {
      if (start.lossLanes != nullptr) AddToStoredLanes(start.lossLanes, hn::IfThenElseZero(exists, kind.Value(f, y)));
      residual = kind.Slope(f, y);
    });
    ApplyResidual<kOutputGradient>(start, i, exists, residual);
  }
  ClearVectors(start, i);
}

// The group's part of the starts, as it is seen on one run of blocks.
struct Group {
  std::span<const StartView> starts;
  size_t first;
};

template <bool kOutputGradient, class Act>
HWY_NOINLINE void ActivateGroup(const Act& act, const Problem& problem, const BlockLabels& labels, const Group& group,
                                const RiskEvaluator::Buffers& buffers, double* rows) {
  const size_t units = problem.shape.units();
  for (size_t s = 0; s < group.starts.size(); ++s) {
    const size_t start = group.first + s;
    double* const lossLanes = group.starts[s].loss == nullptr ? nullptr : buffers.lossLanes + start * kLanes;
    double* const outputLanes = kOutputGradient ? buffers.outputLanes + start * units * kLanes : nullptr;
    ActivateStart<kOutputGradient>(act, problem.loss, labels,
                                   StartBlock{units, group.starts[s].outputWeights, rows + s * units * kBlock,
                                              lossLanes, buffers.values, outputLanes});
  }
}

void EvaluateRun(const Problem& problem, size_t firstBlock, size_t blocks, const Group& group,
                 const RiskEvaluator::Buffers& buffers) {
  const Geometry& shape = problem.shape;
  const RowLists lists = {buffers.sources, buffers.targets};
  const size_t rowStep = group.starts.size() * shape.units() * kBlock;
  const double* const inputs = problem.inputs + firstBlock * shape.blockSize();
  for (size_t b = 0; b < blocks; ++b) {
    double* const rows = buffers.coefficients + b * rowStep;
    ForwardGroup(shape, inputs + b * shape.blockSize(), group.starts.size(), lists,
                 [&](size_t s) { return group.starts[s].weights; }, rows);
    const BlockLabels labels = LabelsOfBlock(problem, firstBlock + b, buffers.labels);
    WithActivation(problem.activation, [&](const auto& act) {
      if (buffers.outputLanes != nullptr) return ActivateGroup<true>(act, problem, labels, group, buffers, rows);
      return ActivateGroup<false>(act, problem, labels, group, buffers, rows);
    });
  }
  BackwardGroup(shape, inputs, blocks, group.starts.size(), lists, buffers.coefficients,
                buffers.unitGradients + group.first * shape.units() * shape.rowLength());
}

// The mean over samples, and the sum over the units that share a row of weights.
void FinishStart(const Geometry& shape, const StartView& start, size_t s, const RiskEvaluator::Buffers& buffers) {
  const double perSample = shape.samples == 0 ? 0.0 : 1.0 / static_cast<double>(shape.samples);
  const size_t length = shape.rowLength();
  if (start.loss != nullptr) *start.loss = SumOfStoredLanes(buffers.lossLanes + s * kLanes) * perSample;
  std::fill(start.gradient, start.gradient + shape.weights(), 0.0);
  for (size_t u = 0; u < shape.units(); ++u) {
    const double factor = start.outputWeights[u] * perSample;
    const double* const sum = buffers.unitGradients + (s * shape.units() + u) * length;
    double* const gradient = start.gradient + u % shape.rows * length;
    for (size_t j = 0; j < length; ++j) gradient[j] += factor * sum[j];
  }
  if (buffers.outputLanes == nullptr) return;
  for (size_t u = 0; u < shape.units(); ++u) {
    start.outputGradient[u] = SumOfStoredLanes(buffers.outputLanes + (s * shape.units() + u) * kLanes) * perSample;
  }
}

}  // namespace

void EvaluateRisk(const Problem& problem, std::span<const StartView> starts, const RiskEvaluator::Buffers& buffers) {
  const Geometry& shape = problem.shape;
  const size_t units = starts.size() * shape.units();
  std::fill_n(buffers.lossLanes, starts.size() * kLanes, 0.0);
  std::fill_n(buffers.unitGradients, units * shape.rowLength(), 0.0);
  if (buffers.outputLanes != nullptr) std::fill_n(buffers.outputLanes, units * kLanes, 0.0);
  ForPieces(shape.blocks(), BlocksPerRun(shape), [&](size_t firstBlock, size_t blocks) {
    ForPieces(starts.size(), StartsPerGroup(shape), [&](size_t first, size_t count) {
      EvaluateRun(problem, firstBlock, blocks, Group{starts.subspan(first, count), first}, buffers);
    });
  });
  for (size_t s = 0; s < starts.size(); ++s) FinishStart(shape, starts[s], s, buffers);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(EvaluateRisk);

RiskEvaluator::RiskEvaluator(const Geometry& shape, size_t maxStarts, bool outputGradient, Workspace& workspace) {
  const size_t groupUnits = LargestGroup(shape, maxStarts) * shape.units();
  const size_t runBlocks = std::min(BlocksPerRun(shape), shape.blocks());
  buffers_.coefficients = workspace.Take<double>(runBlocks * groupUnits * kBlock);
  buffers_.lossLanes = workspace.Take<double>(maxStarts * kMaxLanes);
  buffers_.unitGradients = workspace.Take<double>(maxStarts * shape.units() * shape.rowLength());
  buffers_.labels = workspace.Take<double>(kBlock);
  buffers_.sources = workspace.Take<const double*>(groupUnits);
  buffers_.targets = workspace.Take<double*>(groupUnits);
  buffers_.values = outputGradient ? workspace.Take<double>(shape.units() * kBlock) : nullptr;
  buffers_.outputLanes = outputGradient ? workspace.Take<double>(maxStarts * shape.units() * kMaxLanes) : nullptr;
}

void RiskEvaluator::Evaluate(const Problem& problem, std::span<const StartView> starts) const {
  HWY_DYNAMIC_DISPATCH(EvaluateRisk)(problem, starts, buffers_);
}

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
