// The two products for a group of starts on a run of blocks, for both architectures. The hidden units of the group are
// the rows of a (blocks, units of the group, kBlock) buffer. Unit u of start s is row s * units + u.
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
template <class T>
struct RowLists {
  const T** in;
  T** rows;
  double** sums;
};

// Calls list(entry, start, row, unit) for one stride and all starts of the group. These rows multiply the same
// features.
template <class List>
HWY_INLINE size_t ListStride(const Geometry& shape, size_t starts, size_t stride, const List& list) {
  size_t count = 0;
  for (size_t s = 0; s < starts; ++s) {
    for (size_t row = 0; row < shape.rows; ++row, ++count) list(count, s, row, stride * shape.rows + row);
  }
  return count;
}

// rows(s, u) = pre-activations of unit u at start s on one block; weights(s) are the weights of start s.
template <class T, class Weights>
HWY_INLINE void ForwardGroup(const Geometry& shape, const T* block, size_t starts, const RowLists<T>& lists,
                             const Weights& weights, T* rows) {
  const size_t length = shape.rowLength();
  for (size_t stride = 0; stride < shape.strides; ++stride) {
    const size_t count = ListStride(shape, starts, stride, [&](size_t i, size_t s, size_t row, size_t unit) {
      lists.in[i] = weights(s) + row * length;
      lists.rows[i] = rows + (s * shape.units() + unit) * kBlock;
    });
    ForwardRows(block + stride * length * kBlock, length, count, lists.in, lists.rows, shape.blocking.tileRows);
  }
}

// sums(s, u) += coefficients(s, u) times the inputs of unit u, summed over the run's samples: (starts, units, length).
template <class T>
HWY_INLINE void BackwardGroup(const Geometry& shape, const T* firstBlock, size_t blocks, size_t starts,
                              const RowLists<T>& lists, const T* coefficients, double* sums) {
  const size_t length = shape.rowLength();
  const BlockRun run = {blocks, shape.blockSize(), starts * shape.units() * kBlock};
  for (size_t stride = 0; stride < shape.strides; ++stride) {
    const size_t count = ListStride(shape, starts, stride, [&](size_t i, size_t s, size_t, size_t unit) {
      lists.in[i] = coefficients + (s * shape.units() + unit) * kBlock;
      lists.sums[i] = sums + (s * shape.units() + unit) * length;
    });
    BackwardRows(run, firstBlock + stride * length * kBlock, length, count, lists.in, lists.sums,
                 shape.blocking.tileRows);
  }
}

template <class T>
HWY_INLINE double SumOfStoredLanes(const T* lanes) {
  double sum = 0.0;
  for (size_t i = 0; i < kLanesOf<T>; ++i) sum += static_cast<double>(lanes[i]);
  return sum;
}

template <class T>
HWY_INLINE void AddToStoredLanes(T* lanes, Vector<T> x) {
  constexpr Tag<T> kTag;
  hn::StoreU(hn::Add(hn::LoadU(kTag, lanes), x), kTag, lanes);
}

// The number of samples in a block, and their labels. The labels of the last block are copied so that whole vectors can
// be read.
template <class T>
struct BlockLabels {
  const T* values;
  size_t valid;
};
template <class T>
HWY_INLINE BlockLabels<T> LabelsOfBlock(const ProblemOf<T>& problem, size_t block, T* padded) {
  const T* const first = problem.labels + block * kBlock;
  const size_t valid = std::min(kBlock, problem.shape.samples - block * kBlock);
  if (valid == kBlock) return {first, valid};
  std::fill(std::copy(first, first + valid, padded), padded + kBlock, T(0));
  return {padded, valid};
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_GROUP_INL_H_
