// The two products for a group of starts on a run of blocks, for either architecture. The group's hidden units are
// the rows of a (blocks, units of the group, kBlock) buffer; unit u of start s is row s * units + u.
#if defined(BASIN_KERNELS_GROUP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_GROUP_INL_H_
#undef BASIN_KERNELS_GROUP_INL_H_
#else
#define BASIN_KERNELS_GROUP_INL_H_
#endif

#include "kernels/products-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

// Scratch lists of pointers, one entry per unit of the largest group.
struct RowLists {
  const double** in;
  double** out;
};

// Row pointers of one stride over all starts of the group: the rows that multiply the same features.
template <class Source, class Target>
HWY_INLINE size_t ListStride(const Geometry& shape, size_t starts, size_t stride, const RowLists& lists,
                             const Source& source, const Target& target) {
  size_t count = 0;
  for (size_t s = 0; s < starts; ++s) {
    for (size_t row = 0; row < shape.rows; ++row, ++count) {
      lists.in[count] = source(s, row, stride * shape.rows + row);
      lists.out[count] = target(s, row, stride * shape.rows + row);
    }
  }
  return count;
}

// rows(s, u) = pre-activations of unit u at start s on one block; weights(s) are the weights of start s.
template <class Weights>
HWY_INLINE void ForwardGroup(const Geometry& shape, const double* block, size_t starts, const RowLists& lists,
                             const Weights& weights, double* rows) {
  const size_t length = shape.rowLength();
  for (size_t stride = 0; stride < shape.strides; ++stride) {
    const size_t count = ListStride(
        shape, starts, stride, lists, [&](size_t s, size_t row, size_t) { return weights(s) + row * length; },
        [&](size_t s, size_t, size_t unit) { return rows + (s * shape.units() + unit) * kBlock; });
    ForwardRows(block + stride * length * kBlock, length, count, lists.in, lists.out);
  }
}

// sums(s, u) += coefficients(s, u) times the inputs of unit u, summed over the run's samples: (starts, units, length).
HWY_INLINE void BackwardGroup(const Geometry& shape, const double* firstBlock, size_t blocks, size_t starts,
                              const RowLists& lists, const double* coefficients, double* sums) {
  const size_t length = shape.rowLength();
  const BlockRun run = {blocks, shape.blockSize(), starts * shape.units() * kBlock};
  for (size_t stride = 0; stride < shape.strides; ++stride) {
    const size_t count = ListStride(
        shape, starts, stride, lists,
        [&](size_t s, size_t, size_t unit) { return coefficients + (s * shape.units() + unit) * kBlock; },
        [&](size_t s, size_t, size_t unit) { return sums + (s * shape.units() + unit) * length; });
    BackwardRows(run, firstBlock + stride * length * kBlock, length, count, lists.in, lists.out);
  }
}

HWY_INLINE double SumOfStoredLanes(const double* lanes) {
  double sum = 0.0;
  for (size_t i = 0; i < kLanes; ++i) sum += lanes[i];
  return sum;
}

HWY_INLINE void AddToStoredLanes(double* lanes, V x) { hn::StoreU(hn::Add(hn::LoadU(kD, lanes), x), kD, lanes); }

// The samples of a block that exist, and their labels: the last block's are copied so that whole vectors can be read.
struct BlockLabels {
  const double* values;
  size_t valid;
};
HWY_INLINE BlockLabels LabelsOfBlock(const Problem& problem, size_t block, double* padded) {
  const double* const first = problem.labels + block * kBlock;
  const size_t valid = std::min(kBlock, problem.shape.samples - block * kBlock);
  if (valid == kBlock) return {first, valid};
  std::fill(std::copy(first, first + valid, padded), padded + kBlock, 0.0);
  return {padded, valid};
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_GROUP_INL_H_
