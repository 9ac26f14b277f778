// Arrays of vectors, and tiles of products of matrices whose entries are vectors.
#if defined(BASIN_KERNELS_TILES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_TILES_INL_H_
#undef BASIN_KERNELS_TILES_INL_H_
#else
#define BASIN_KERNELS_TILES_INL_H_
#endif

#include <type_traits>

#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

HWY_INLINE V At(const double* vectors, size_t i) { return hn::Load(kD, vectors + i * kLanes); }
HWY_INLINE void Put(double* vectors, size_t i, V value) { hn::Store(value, kD, vectors + i * kLanes); }
HWY_INLINE void AddTo(double* vectors, size_t i, V value) { Put(vectors, i, hn::Add(At(vectors, i), value)); }

// Rows and columns of a tile of a product. Its sums, a row of columns and one factor stay in registers.
constexpr size_t kTileRows = 4;
constexpr size_t kTileColumns = BASIN_AVX512 ? 4 : 3;

// Calls body(n) with n as a constant, for 1 <= n <= kMost.
template <size_t kMost, class Body>
HWY_INLINE void WithConstant(size_t n, const Body& body) {
  if constexpr (kMost > 1) {
    if (n < kMost) return WithConstant<kMost - 1>(n, body);
  }
  body(std::integral_constant<size_t, kMost>());
}

// Calls body(first, count) for pieces of at most kMost of 0 … size - 1, with the count as a constant.
template <size_t kMost, class Body>
HWY_INLINE void ForTiles(size_t size, const Body& body) {
  for (size_t i = 0; i < size; i += kMost) {
    WithConstant<kMost>(size - i < kMost ? size - i : kMost, [&](auto count) { body(i, count); });
  }
}

// put(i, j, sum over m of left(i, m) right(m, j)) for a tile of I rows and J columns.
template <size_t I, size_t J, class Left, class Right, class Result>
HWY_INLINE void Tile(size_t length, const Left& left, const Right& right, const Result& put) {
  V sums[I][J];
  for (size_t i = 0; i < I; ++i) {
    for (size_t j = 0; j < J; ++j) sums[i][j] = Zero();
  }
  for (size_t m = 0; m < length; ++m) {
    V columns[J];
    for (size_t j = 0; j < J; ++j) columns[j] = right(m, j);
    for (size_t i = 0; i < I; ++i) {
      const V row = left(i, m);
      for (size_t j = 0; j < J; ++j) sums[i][j] = hn::MulAdd(row, columns[j], sums[i][j]);
    }
  }
  for (size_t i = 0; i < I; ++i) {
    for (size_t j = 0; j < J; ++j) put(i, j, sums[i][j]);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_TILES_INL_H_
