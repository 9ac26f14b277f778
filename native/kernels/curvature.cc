#include "kernels/curvature.h"

#include <algorithm>

#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/curvature.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/group-inl.h"
#include "kernels/losses-inl.h"
#include "kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE double OutputDirection(const HessianProduct& at, size_t u) {
  return at.outputDirection == nullptr ? 0.0 : at.outputDirection[u];
}

struct Moved {
  V f;
  V derivative;
};

// Computes f and its derivative along the direction for one vector of samples. Writes phi and its derivatives into the
// buffers.
template <class Rows>
HWY_INLINE Moved ActivateVector(const Rows& by, size_t units, const HessianProduct& at, const CurvatureBuffers& buffers,
                                const double* rows, size_t i) {
  Moved sum = {hn::Zero(kD), hn::Zero(kD)};
  for (size_t u = 0; u < units; ++u) {
    const size_t k = u * kBlock + i;
    const ValueSlopeCurvature<double> phi = by.Curved(rows + k, {buffers.values, buffers.slopes, buffers.curvatures}, k);
    const V v = Splat(at.outputWeights[u]);
    sum.f = hn::MulAdd(v, phi.value, sum.f);
    sum.derivative = hn::MulAdd(hn::Mul(v, phi.slope), hn::LoadU(kD, buffers.moved + k), sum.derivative);
    sum.derivative = hn::MulAdd(Splat(OutputDirection(at, u)), phi.value, sum.derivative);
    hn::StoreU(phi.value, kD, buffers.values + k);
    hn::StoreU(phi.slope, kD, buffers.slopes + k);
    hn::StoreU(phi.curvature, kD, buffers.curvatures + k);
  }
  return sum;
}

// first = l', second = l'' f'. A selection sets padding lanes to zero.
template <class Mask>
HWY_INLINE void StoreCoefficients(size_t units, const HessianProduct& at, const CurvatureBuffers& buffers, double* rows,
                                  size_t i, Mask exists, V first, V second) {
  for (size_t u = 0; u < units; ++u) {
    const size_t k = u * kBlock + i;
    const V v = Splat(at.outputWeights[u]);
    const V slope = hn::LoadU(kD, buffers.slopes + k);
    const V moved = hn::LoadU(kD, buffers.moved + k);
    const V bend = hn::Mul(hn::Mul(v, hn::LoadU(kD, buffers.curvatures + k)), moved);
    const V turn = hn::MulAdd(Splat(OutputDirection(at, u)), slope, bend);
    const V coefficient = hn::MulAdd(hn::Mul(second, v), slope, hn::Mul(first, turn));
    hn::StoreU(hn::IfThenElseZero(exists, coefficient), kD, rows + k);
    if (buffers.outputLanes == nullptr) continue;
    const V output = hn::MulAdd(second, hn::LoadU(kD, buffers.values + k), hn::Mul(hn::Mul(first, slope), moved));
    AddToStoredLanes(buffers.outputLanes + u * kLanes, hn::IfThenElseZero(exists, output));
  }
}

// l' and l'' of one vector of samples.
struct LossSlopes {
  V slope;
  V curvature;
};
HWY_INLINE LossSlopes LossOf(const Problem& problem, V f, V y) {
  LossSlopes at = {};
  if (problem.lossFormula == nullptr) {
    WithLoss(problem.loss, [&](auto loss) { at = {loss.Slope(f, y), loss.Curvature(f, y)}; });
    return at;
  }
  alignas(kAlignment) double points[4][kMaxLanes] = {};
  hn::StoreU(f, kD, points[0]);
  hn::StoreU(y, kD, points[1]);
  const double* const in[] = {points[0], points[1]};
  double* const out[] = {nullptr, points[2], points[3]};
  RunFormula<double>(problem.lossFormula->curvatures, kMaxLanes, in, out);
  return {hn::LoadU(kD, points[2]), hn::LoadU(kD, points[3])};
}

template <class Rows>
HWY_NOINLINE void CurveBlock(const Rows& by, const Problem& problem, const HessianProduct& at,
                             const CurvatureBuffers& buffers, const BlockLabels<double>& labels, double* rows) {
  const size_t units = problem.shape.units();
  by.PrepareCurved(rows, {buffers.values, buffers.slopes, buffers.curvatures}, units * kBlock);
  for (size_t i = 0; i < kBlock; i += kLanes) {
    const auto exists = hn::FirstN(kD, labels.valid > i ? labels.valid - i : 0);
    const Moved sum = ActivateVector(by, units, at, buffers, rows, i);
    const LossSlopes loss = LossOf(problem, sum.f, hn::LoadU(kD, labels.values + i));
    StoreCoefficients(units, at, buffers, rows, i, exists, loss.slope, hn::Mul(loss.curvature, sum.derivative));
  }
}

void FinishProduct(const Geometry& shape, const HessianProduct& at, const CurvatureBuffers& buffers) {
  const double perSample = shape.samples == 0 ? 0.0 : 1.0 / static_cast<double>(shape.samples);
  const size_t length = shape.rowLength();
  std::fill(at.product, at.product + shape.weights(), 0.0);
  for (size_t u = 0; u < shape.units(); ++u) {
    double* const product = at.product + u % shape.rows * length;
    for (size_t j = 0; j < length; ++j) product[j] += perSample * buffers.unitProducts[u * length + j];
  }
  if (buffers.outputLanes == nullptr) return;
  for (size_t u = 0; u < shape.units(); ++u) {
    at.outputProduct[u] = SumOfStoredLanes(buffers.outputLanes + u * kLanes) * perSample;
  }
}

}  // namespace

void ComputeHessianVector(const Problem& problem, const HessianProduct& at, const CurvatureBuffers& buffers) {
  const Geometry& shape = problem.shape;
  const RowLists<double> lists = {buffers.sources, buffers.targets, buffers.targets};
  std::fill_n(buffers.unitProducts, shape.units() * shape.rowLength(), 0.0);
  if (buffers.outputLanes != nullptr) std::fill_n(buffers.outputLanes, shape.units() * kLanes, 0.0);
  ForPieces(shape.blocks(), BlocksPerRun(shape), [&](size_t firstBlock, size_t blocks) {
    const double* const inputs = problem.inputs + firstBlock * shape.blockSize();
    for (size_t b = 0; b < blocks; ++b) {
      double* const rows = buffers.rows + b * shape.units() * kBlock;
      const double* const block = inputs + b * shape.blockSize();
      ForwardGroup(shape, block, 1, lists, [&](size_t) { return at.weights; }, rows);
      ForwardGroup(shape, block, 1, lists, [&](size_t) { return at.direction; }, buffers.moved);
      const BlockLabels<double> labels = LabelsOfBlock(problem, firstBlock + b, buffers.labels);
      WithRows(problem.activation, [&](const auto& by) { CurveBlock(by, problem, at, buffers, labels, rows); });
    }
    BackwardGroup(shape, inputs, blocks, 1, lists, buffers.rows, buffers.unitProducts);
  });
  FinishProduct(shape, at, buffers);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(ComputeHessianVector);

size_t CurvatureWorkspaceBytes(const Geometry& shape, bool outputToo) {
  Workspace counting;
  const CurvatureBuffers buffers(shape, outputToo, counting);
  return counting.used();
}

void HessianVector(const Problem& problem, const HessianProduct& at, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  const CurvatureBuffers buffers(problem.shape, at.outputDirection != nullptr, workspace);
  HWY_DYNAMIC_DISPATCH(ComputeHessianVector)(problem, at, buffers);
}

}  // namespace basin
#endif  // HWY_ONCE
