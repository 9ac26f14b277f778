#include "kernels/outputs.h"

#include <algorithm>

#include "kernels/simd_targets.h"
#include "kernels/workspace.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/outputs.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/group-inl.h"
#include "kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

template <class Rows>
HWY_NOINLINE void WeightedActivations(const Rows& by, size_t units, const double* outputWeights, double* rows,
                                      double* values, double* outputs) {
  by.Prepare(rows, values, units * kBlock);
  for (size_t i = 0; i < kBlock; i += kLanes) {
    V f = hn::Zero(kD);
    for (size_t u = 0; u < units; ++u) {
      f = hn::MulAdd(Splat(outputWeights[u]), by.At(rows + u * kBlock + i, values + u * kBlock + i).value, f);
    }
    hn::StoreU(f, kD, outputs + i);
  }
}

}  // namespace

void ComputeOutputs(const Geometry& shape, const double* inputs, const Activation& activation, const double* weights,
                    const double* outputWeights, std::span<double> outputs, Workspace workspace) {
  double* const rows = workspace.Take<double>(shape.units() * kBlock);
  double* const values = workspace.Take<double>(shape.units() * kBlock);
  double* const block = workspace.Take<double>(kBlock);
  const RowLists<double> lists = {workspace.Take<const double*>(shape.rows), workspace.Take<double*>(shape.rows), nullptr};
  for (size_t b = 0; b < shape.blocks(); ++b) {
    ForwardGroup(shape, inputs + b * shape.blockSize(), 1, lists, [&](size_t) { return weights; }, rows);
    WithRows(activation, [&](const auto& by) {
      WeightedActivations(by, shape.units(), outputWeights, rows, values, block);
    });
    const size_t first = b * kBlock;
    std::copy_n(block, std::min(kBlock, shape.samples - first), outputs.data() + first);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(ComputeOutputs);

size_t OutputsWorkspaceBytes(const Geometry& shape) {
  Workspace counting;
  counting.Take<double>(shape.units() * kBlock);
  counting.Take<double>(shape.units() * kBlock);
  counting.Take<double>(kBlock);
  counting.Take<const double*>(shape.rows);
  counting.Take<double*>(shape.rows);
  return counting.used();
}

void NetworkOutputs(const Geometry& shape, const double* inputs, const Activation& activation, const double* weights,
                    const double* outputWeights, std::span<double> outputs, std::span<std::byte> workspace) {
  HWY_DYNAMIC_DISPATCH(ComputeOutputs)
  (shape, inputs, activation, weights, outputWeights, outputs, Workspace(workspace));
}

}  // namespace basin
#endif  // HWY_ONCE
