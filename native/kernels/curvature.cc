#include "kernels/curvature.h"

#include <algorithm>
#include <cstring>

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

// Consecutive directions of a call.
struct DirectionGroup {
  size_t first;
  size_t count;
  size_t points;  // distinct ones
};

// l' and l'' of one vector of samples.
struct LossSlopes {
  V slope;
  V curvature;
};
HWY_INLINE LossSlopes LossOf(const Problem& problem, V f, V y) {
  LossSlopes at = {hn::Zero(kD), hn::Zero(kD)};
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

// Writes phi and its derivatives, l' and l'' at one point of the group, for one block of samples.
template <class Rows>
HWY_NOINLINE void CurvePoint(const Rows& by, const Problem& problem, const double* outputWeights,
                             const CurvatureBuffers& buffers, size_t point, const double* labels) {
  const size_t units = problem.shape.units();
  const size_t begin = point * units * kBlock;
  const double* const rows = buffers.rows + begin;
  const CurvedRows<double> out = {buffers.values + begin, buffers.slopes + begin, buffers.curvatures + begin};
  by.PrepareCurved(rows, out, units * kBlock);
  for (size_t i = 0; i < kBlock; i += kLanes) {
    V f = hn::Zero(kD);
    for (size_t u = 0; u < units; ++u) {
      const size_t k = u * kBlock + i;
      const ValueSlopeCurvature<double> phi = by.Curved(rows + k, out, k);
      f = hn::MulAdd(Splat(outputWeights[u]), phi.value, f);
      hn::StoreU(phi.value, kD, out.values + k);
      hn::StoreU(phi.slope, kD, out.slopes + k);
      hn::StoreU(phi.curvature, kD, out.curvatures + k);
    }
    const LossSlopes loss = LossOf(problem, f, hn::LoadU(kD, labels + i));
    hn::StoreU(loss.slope, kD, buffers.lossSlopes + point * kBlock + i);
    hn::StoreU(loss.curvature, kD, buffers.lossCurvatures + point * kBlock + i);
  }
}

// One direction, and what belongs to its point.
struct Direction {
  size_t units;
  const double* outputWeights;
  const double* outputDirection;  // null when v is held fixed
  const double* const* moved;     // (units): directionᵀx (kBlock), null where it is zero
  const double* values;           // (units, kBlock), as the next two
  const double* slopes;
  const double* curvatures;
  const double* lossSlopes;  // (kBlock), as the next
  const double* lossCurvatures;
  double* coefficients;  // (units, kBlock)
  double* outputLanes;   // null when v is held fixed
};

inline constexpr size_t kVectors = kBlockVectors<double>;

// second = l'' f', with f' the derivative of f along the direction, for a block of samples.
template <bool kOutputs>
HWY_INLINE void WriteSecond(const Direction& at, V (&second)[kVectors]) {
  for (V& sum : second) sum = hn::Zero(kD);
  for (size_t u = 0; u < at.units; ++u) {
    const V v = Splat(at.outputWeights[u]);
    const double* const moved = at.moved[u];
    for (size_t i = 0; i < kVectors; ++i) {
      const size_t k = u * kBlock + i * kLanes;
      if (moved != nullptr) {
        const V weighted = hn::Mul(v, hn::LoadU(kD, at.slopes + k));
        second[i] = hn::MulAdd(weighted, hn::LoadU(kD, moved + i * kLanes), second[i]);
      }
      if constexpr (kOutputs) {
        second[i] = hn::MulAdd(Splat(at.outputDirection[u]), hn::LoadU(kD, at.values + k), second[i]);
      }
    }
  }
  for (size_t i = 0; i < kVectors; ++i) second[i] = hn::Mul(hn::LoadU(kD, at.lossCurvatures + i * kLanes), second[i]);
}

// The coefficient of x of one unit, for the vector of samples that begins at i.
template <bool kOutputs>
HWY_INLINE V UnitCoefficient(const Direction& at, size_t u, size_t i, V second) {
  const size_t k = u * kBlock + i;
  const V v = Splat(at.outputWeights[u]);
  const V slope = hn::LoadU(kD, at.slopes + k);
  const V straight = hn::Mul(second, v);
  if (!kOutputs && at.moved[u] == nullptr) return hn::Mul(straight, slope);
  V turn = hn::Zero(kD);
  if (at.moved[u] != nullptr) {
    turn = hn::Mul(hn::Mul(v, hn::LoadU(kD, at.curvatures + k)), hn::LoadU(kD, at.moved[u] + i));
  }
  if constexpr (kOutputs) turn = hn::MulAdd(Splat(at.outputDirection[u]), slope, turn);
  return hn::MulAdd(straight, slope, hn::Mul(hn::LoadU(kD, at.lossSlopes + i), turn));
}

// What the sums for v of one unit get from a vector of samples.
HWY_INLINE V UnitOutput(const Direction& at, size_t u, size_t i, V second) {
  const size_t k = u * kBlock + i;
  const V moved = at.moved[u] == nullptr ? hn::Zero(kD) : hn::LoadU(kD, at.moved[u] + i);
  const V turned = hn::Mul(hn::Mul(hn::LoadU(kD, at.lossSlopes + i), hn::LoadU(kD, at.slopes + k)), moved);
  return hn::MulAdd(second, hn::LoadU(kD, at.values + k), turned);
}

// The coefficients of x for the first `valid` samples of a block. A selection sets padding lanes to zero.
template <bool kOutputs>
HWY_NOINLINE void WriteCoefficients(const Direction& at, size_t valid) {
  V second[kVectors];
  WriteSecond<kOutputs>(at, second);
  for (size_t u = 0; u < at.units; ++u) {
    for (size_t i = 0; i < kBlock; i += kLanes) {
      const auto exists = hn::FirstN(kD, valid > i ? valid - i : 0);
      const V coefficient = UnitCoefficient<kOutputs>(at, u, i, second[i / kLanes]);
      hn::StoreU(hn::IfThenElseZero(exists, coefficient), kD, at.coefficients + u * kBlock + i);
      if constexpr (!kOutputs) continue;
      const V output = UnitOutput(at, u, i, second[i / kLanes]);
      AddToStoredLanes(at.outputLanes + u * kLanes, hn::IfThenElseZero(exists, output));
    }
  }
}

// directionᵀx for a row with at most one entry that is not zero: the variable of x itself where that entry is 1, null
// where there is none. Otherwise `out` gets the product.
const double* MovedAlone(const DirectionRow& row, const double* direction, const double* x, double* out) {
  if (row.kind == DirectionRow::Kind::kZero) return nullptr;
  const double* const feature = x + row.variable * kBlock;
  if (direction[row.variable] == 1.0) return feature;
  const V factor = Splat(direction[row.variable]);
  for (size_t i = 0; i < kBlock; i += kLanes) hn::StoreU(hn::Mul(factor, hn::LoadU(kD, feature + i)), kD, out + i);
  return out;
}

// Pre-activations at the points of a group, and directionᵀx.
void ForwardBlock(const Geometry& shape, const double* block, const HessianProducts& at, const DirectionGroup& group,
                  const CurvatureBuffers& buffers) {
  const size_t length = shape.rowLength();
  for (size_t stride = 0; stride < shape.strides; ++stride, block += length * kBlock) {
    size_t listed = 0;
    const auto list = [&](const double* source, double* target) {
      buffers.sources[listed] = source;
      buffers.targets[listed++] = target;
    };
    for (size_t row = 0; row < shape.rows; ++row) {
      const size_t unit = stride * shape.rows + row;
      for (size_t p = 0; p < group.points; ++p) {
        list(at.weights + buffers.firsts[p] * shape.weights() + row * length,
             buffers.rows + (p * shape.units() + unit) * kBlock);
      }
      for (size_t s = 0; s < group.count; ++s) {
        const DirectionRow& kind = buffers.directionRows[(group.first + s) * shape.rows + row];
        const double* const direction = at.directions + (group.first + s) * shape.weights() + row * length;
        const size_t place = s * shape.units() + unit;
        double* const moved = buffers.moved + place * kBlock;
        const bool isFull = kind.kind == DirectionRow::Kind::kFull;
        if (isFull) list(direction, moved);
        buffers.movedRows[place] = isFull ? moved : MovedAlone(kind, direction, block, moved);
      }
    }
    ForwardRows(block, length, listed, buffers.sources, buffers.targets, shape.blocking.tileRows);
  }
}

// The coefficients of all directions of a group for one block of samples.
void CurveBlock(const Problem& problem, const HessianProducts& at, const DirectionGroup& group,
                const CurvatureBuffers& buffers, const BlockLabels<double>& labels, double* coefficients) {
  const size_t units = problem.shape.units();
  WithRows(problem.activation, [&](const auto& by) {
    for (size_t p = 0; p < group.points; ++p)
      CurvePoint(by, problem, at.outputWeights + buffers.firsts[p] * units, buffers, p, labels.values);
  });
  for (size_t s = 0; s < group.count; ++s) {
    const size_t number = group.first + s;
    const size_t point = buffers.places[s];
    const size_t begin = point * units * kBlock;
    const bool outputs = at.outputDirections != nullptr;
    const Direction direction = {units, at.outputWeights + number * units,
                                 outputs ? at.outputDirections + number * units : nullptr,
                                 buffers.movedRows + s * units, buffers.values + begin, buffers.slopes + begin,
                                 buffers.curvatures + begin, buffers.lossSlopes + point * kBlock,
                                 buffers.lossCurvatures + point * kBlock, coefficients + s * units * kBlock,
                                 outputs ? buffers.outputLanes + number * units * kLanes : nullptr};
    if (outputs) {
      WriteCoefficients<true>(direction, labels.valid);
    } else {
      WriteCoefficients<false>(direction, labels.valid);
    }
  }
}

// Finds the distinct points among consecutive directions.
DirectionGroup GroupOf(const Geometry& shape, const HessianProducts& at, size_t first, size_t count,
                       const CurvatureBuffers& buffers) {
  const auto same = [&](const double* values, size_t length, size_t one) {
    return std::memcmp(values + one * length, values + (one - 1) * length, length * sizeof(double)) == 0;
  };
  size_t points = 0;
  for (size_t s = 0; s < count; ++s) {
    const size_t number = first + s;
    const bool isNew =
        s == 0 || !same(at.weights, shape.weights(), number) || !same(at.outputWeights, shape.units(), number);
    if (isNew) buffers.firsts[points++] = number;
    buffers.places[s] = points - 1;
  }
  return {first, count, points};
}

void FindDirectionRows(const Geometry& shape, const HessianProducts& at, const CurvatureBuffers& buffers) {
  const size_t length = shape.rowLength();
  for (size_t r = 0; r < at.count * shape.rows; ++r) {
    DirectionRow found = {DirectionRow::Kind::kZero, 0};
    for (size_t j = 0; j < length; ++j) {
      if (at.directions[r * length + j] == 0.0) continue;
      const bool isFirst = found.kind == DirectionRow::Kind::kZero;
      found = {isFirst ? DirectionRow::Kind::kAlone : DirectionRow::Kind::kFull, j};
      if (!isFirst) break;
    }
    buffers.directionRows[r] = found;
  }
}

void FinishProduct(const Geometry& shape, const HessianProducts& at, size_t number, const CurvatureBuffers& buffers) {
  const double perSample = shape.samples == 0 ? 0.0 : 1.0 / static_cast<double>(shape.samples);
  const size_t length = shape.rowLength();
  double* const products = at.products + number * shape.weights();
  std::fill_n(products, shape.weights(), 0.0);
  for (size_t u = 0; u < shape.units(); ++u) {
    double* const product = products + u % shape.rows * length;
    const double* const sums = buffers.unitProducts + (number * shape.units() + u) * length;
    for (size_t j = 0; j < length; ++j) product[j] += perSample * sums[j];
  }
  if (buffers.outputLanes == nullptr) return;
  for (size_t u = number * shape.units(); u < (number + 1) * shape.units(); ++u) {
    at.outputProducts[u] = SumOfStoredLanes(buffers.outputLanes + u * kLanes) * perSample;
  }
}

}  // namespace

void ComputeHessianVectors(const Problem& problem, const HessianProducts& at, const CurvatureBuffers& buffers) {
  const Geometry& shape = problem.shape;
  const size_t units = shape.units();
  const RowLists<double> lists = {buffers.sources, buffers.targets, buffers.targets};
  std::fill_n(buffers.unitProducts, at.count * units * shape.rowLength(), 0.0);
  if (buffers.outputLanes != nullptr) std::fill_n(buffers.outputLanes, at.count * units * kLanes, 0.0);
  FindDirectionRows(shape, at, buffers);
  ForPieces(shape.blocks(), BlocksPerRun(shape), [&](size_t firstBlock, size_t blocks) {
    const double* const inputs = problem.inputs + firstBlock * shape.blockSize();
    ForPieces(at.count, StartsPerGroup(shape), [&](size_t first, size_t count) {
      const DirectionGroup group = GroupOf(shape, at, first, count, buffers);
      for (size_t b = 0; b < blocks; ++b) {
        ForwardBlock(shape, inputs + b * shape.blockSize(), at, group, buffers);
        const BlockLabels<double> labels = LabelsOfBlock(problem, firstBlock + b, buffers.labels);
        CurveBlock(problem, at, group, buffers, labels, buffers.coefficients + b * count * units * kBlock);
      }
      BackwardGroup(shape, inputs, blocks, count, lists, buffers.coefficients,
                    buffers.unitProducts + first * units * shape.rowLength());
    });
  });
  for (size_t number = 0; number < at.count; ++number) FinishProduct(shape, at, number, buffers);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(ComputeHessianVectors);

size_t CurvatureWorkspaceBytes(const Geometry& shape, size_t count, bool outputToo) {
  Workspace counting;
  const CurvatureBuffers buffers(shape, count, outputToo, counting);
  return counting.used();
}

void MultiplyHessians(const Problem& problem, const HessianProducts& at, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  const CurvatureBuffers buffers(problem.shape, at.count, at.outputDirections != nullptr, workspace);
  HWY_DYNAMIC_DISPATCH(ComputeHessianVectors)(problem, at, buffers);
}

}  // namespace basin
#endif  // HWY_ONCE
