// The two matrix products of a descent iteration, as register tiles over the packed layout:
//   forward   H = W Xᵀ   for one block of samples: weights broadcast, samples along the lanes
//   backward  G = D X    over a run of blocks: both operands loaded along the samples, lanes summed at the end
// For every row the order of operations is the same in every tile, so results do not depend on the batch.
// Both products are computed in doubles or in floats (T). In floats the backward product adds its runs in doubles.
#if defined(BASIN_KERNELS_PRODUCTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_PRODUCTS_INL_H_
#undef BASIN_KERNELS_PRODUCTS_INL_H_
#else
#define BASIN_KERNELS_PRODUCTS_INL_H_
#endif

#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

inline constexpr bool kManyRegisters = BASIN_AVX512 || HWY_ARCH_ARM;
inline constexpr size_t kTileFeatures = kManyRegisters ? 4 : 2;  // backward, full height
inline constexpr size_t kLowTileFeatures = kManyRegisters ? 8 : 4;  // backward, up to half height
template <class T>
inline constexpr size_t kBlockVectors = kBlock / kLanesOf<T>;
template <class T>
inline constexpr size_t kTileVectors = HWY_MIN((kManyRegisters ? 4 : 2), kBlockVectors<T>);  // of samples, forward
static_assert(kBlockVectors<double> % kTileVectors<double> == 0, "a block is a whole number of tiles");
static_assert(kBlockVectors<float> % kTileVectors<float> == 0, "a block is a whole number of tiles");

// The height of the next tile: 7 rows become 4 + 3, not 6 + 1.
HWY_INLINE size_t NextTileRows(size_t left, size_t most = Blocking().tileRows) {
  if (left <= most) return left;
  return left < 2 * most ? (left + 1) / 2 : most;
}

// h[r][0 .. kBlock) = sum over j < length of w[r][j] x[j][0 .. kBlock)
template <size_t R, class T>
HWY_NOINLINE void ForwardTile(const T* HWY_RESTRICT x, size_t length, const T* const* w, T* const* h) {
  constexpr Tag<T> kTag;
  constexpr size_t kVectors = kTileVectors<T>;
  constexpr size_t kStep = kLanesOf<T>;
  for (size_t first = 0; first < kBlock; first += kVectors * kStep) {
    Vector<T> sum[R][kVectors];
    for (size_t r = 0; r < R; ++r) {
      for (size_t v = 0; v < kVectors; ++v) sum[r][v] = hn::Zero(kTag);
    }
    const T* HWY_RESTRICT feature = x + first;
    for (size_t j = 0; j < length; ++j, feature += kBlock) {
      Vector<T> samples[kVectors];
#pragma GCC unroll 8
      for (size_t v = 0; v < kVectors; ++v) samples[v] = hn::LoadU(kTag, feature + v * kStep);
#pragma GCC unroll 8
      for (size_t r = 0; r < R; ++r) {
        const Vector<T> weight = hn::Set(kTag, w[r][j]);
#pragma GCC unroll 8
        for (size_t v = 0; v < kVectors; ++v) sum[r][v] = hn::MulAdd(weight, samples[v], sum[r][v]);
      }
    }
    for (size_t r = 0; r < R; ++r) {
      for (size_t v = 0; v < kVectors; ++v) hn::StoreU(sum[r][v], kTag, h[r] + first + v * kStep);
    }
  }
}

template <class T>
void ForwardTileOf(size_t rows, const T* x, size_t length, const T* const* w, T* const* h) {
  switch (rows) {
    case 1: return ForwardTile<1>(x, length, w, h);
    case 2: return ForwardTile<2>(x, length, w, h);
    case 3: return ForwardTile<3>(x, length, w, h);
    case 4: return ForwardTile<4>(x, length, w, h);
    case 5: return ForwardTile<5>(x, length, w, h);
    default: return ForwardTile<6>(x, length, w, h);
  }
}

// Any number of rows; w and h are lists of `rows` pointers.
template <class T>
void ForwardRows(const T* x, size_t length, size_t rows, const T* const* w, T* const* h,
                 size_t tileRows = Blocking().tileRows) {
  for (size_t r = 0; r < rows;) {
    const size_t tile = NextTileRows(rows - r, tileRows);
    ForwardTileOf(tile, x, length, w + r, h + r);
    r += tile;
  }
}

// The layout of a run of blocks: the distances between consecutive blocks of x and of d, in elements.
struct BlockRun {
  size_t blocks;
  size_t inputStep;
  size_t rowStep;
};

// The lane sums of four vectors. Neighbours are added first, then halves. The order is the same for every tile width.
#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void StoreLaneSums(V a, V b, V c, V d, double* out) {
  for (const V x : {a, b, c, d}) *out++ = hn::GetLane(x);
}
#else
template <size_t N = kLanes>
HWY_INLINE void StoreLaneSums(V a, V b, V c, V d, double* out) {
  const V ab = hn::Add(hn::InterleaveLower(kD, a, b), hn::InterleaveUpper(kD, a, b));
  const V cd = hn::Add(hn::InterleaveLower(kD, c, d), hn::InterleaveUpper(kD, c, d));
  if constexpr (N == 2) {
    hn::StoreU(ab, kD, out);
    hn::StoreU(cd, kD, out + 2);
  } else {
    const V halves = hn::Add(hn::ConcatLowerLower(kD, cd, ab), hn::ConcatUpperUpper(kD, cd, ab));
    if constexpr (N == 4) {
      hn::StoreU(halves, kD, out);
    } else {
      const hn::Half<Doubles> half;
      const auto low = hn::LowerHalf(half, halves);
      const auto high = hn::UpperHalf(half, halves);
      hn::StoreU(hn::Add(hn::ConcatLowerLower(half, high, low), hn::ConcatUpperUpper(half, high, low)), half, out);
    }
  }
}
#endif

template <size_t F>
HWY_INLINE void AddLaneSums(const Vector<float>* sum, double* g) {
  constexpr Tag<float> kTag;
  for (size_t f = 0; f < F; ++f) g[f] += static_cast<double>(hn::GetLane(hn::SumOfLanes(kTag, sum[f])));
}
template <size_t F>
HWY_INLINE void AddLaneSums(const V* sum, double* g) {
  constexpr size_t kStep = HWY_MIN(F, 4);
  for (size_t f = 0; f < F; f += kStep) {
    double sums[4];
    StoreLaneSums(sum[f], sum[f + 1 % kStep], sum[f + 2 % kStep], sum[f + 3 % kStep], sums);
    for (size_t k = 0; k < kStep; ++k) g[f + k] += sums[k];
  }
}

// Whether the backward product asks for the inputs of the next run. Vectors of half a line gain by it; with whole lines
// the processor follows by itself, and asking costs more than it gives (docs/performance.md, "Reading X").
template <class T>
constexpr bool kPrefetches = kLanesOf<T> * sizeof(T) < 64;

// Asks for `count` elements from x on, which lie `ahead` elements further, so that they are in the second-level cache
// when the next run needs them. Reading them costs memory, and this product needs no memory otherwise.
template <size_t kCount, class T>
HWY_INLINE void Prefetch(const T* x, size_t ahead) {
  constexpr size_t kLine = 64 / sizeof(T);
#pragma GCC unroll 8
  for (size_t k = 0; k < kCount; k += kLine) __builtin_prefetch(x + ahead + k, 0, 2);
}

// g[r][f] += sum over samples of d[r] x[f], for the F features that begin at x.
template <size_t R, size_t F, class T>
HWY_NOINLINE void BackwardTile(const BlockRun& run, const T* HWY_RESTRICT x, const T* const* d, double* const* g) {
  constexpr Tag<T> kTag;
  Vector<T> sum[R][F];
  for (size_t r = 0; r < R; ++r) {
    for (size_t f = 0; f < F; ++f) sum[r][f] = hn::Zero(kTag);
  }
  [[maybe_unused]] const size_t nextRun = run.blocks * run.inputStep;
  size_t row = 0;
  for (size_t b = 0; b < run.blocks; ++b, x += run.inputStep, row += run.rowStep) {
    for (size_t i = 0; i < kBlock; i += kLanesOf<T>) {
      Vector<T> input[F];
      if constexpr (kPrefetches<T>) Prefetch<F * kLanesOf<T>>(x + i * F, nextRun);
#pragma GCC unroll 8
      for (size_t f = 0; f < F; ++f) input[f] = hn::LoadU(kTag, x + f * kBlock + i);
#pragma GCC unroll 8
      for (size_t r = 0; r < R; ++r) {
        const Vector<T> coefficient = hn::LoadU(kTag, d[r] + row + i);
#pragma GCC unroll 8
        for (size_t f = 0; f < F; ++f) sum[r][f] = hn::MulAdd(coefficient, input[f], sum[r][f]);
      }
    }
  }
#pragma GCC unroll 8
  for (size_t r = 0; r < R; ++r) AddLaneSums<F>(sum[r], g[r]);
}

// Processes the features that begin at x, in tiles of F, F/2, … 1.
template <size_t R, size_t F, class T>
HWY_INLINE void BackwardFeatures(const BlockRun& run, const T* x, size_t length, const T* const* d, double** out) {
  for (; length >= F; length -= F) {
    BackwardTile<R, F>(run, x, d, out);
    x += F * kBlock;
    for (size_t r = 0; r < R; ++r) out[r] += F;
  }
  if constexpr (F > 1) BackwardFeatures<R, F / 2>(run, x, length, d, out);
}

template <size_t R, class T>
HWY_INLINE void BackwardTileRows(const BlockRun& run, const T* x, size_t length, const T* const* d, double* const* g) {
  double* out[R];
  for (size_t r = 0; r < R; ++r) out[r] = g[r];
  BackwardFeatures<R, (2 * R <= kMaxTileRows ? kLowTileFeatures : kTileFeatures)>(run, x, length, d, out);
}

// Any number of rows; d and g are lists of `rows` pointers.
template <class T>
void BackwardRows(const BlockRun& run, const T* x, size_t length, size_t rows, const T* const* d, double* const* g,
                  size_t tileRows = Blocking().tileRows) {
  for (size_t r = 0; r < rows;) {
    const size_t tile = NextTileRows(rows - r, tileRows);
    switch (tile) {
      case 1: BackwardTileRows<1>(run, x, length, d + r, g + r); break;
      case 2: BackwardTileRows<2>(run, x, length, d + r, g + r); break;
      case 3: BackwardTileRows<3>(run, x, length, d + r, g + r); break;
      case 4: BackwardTileRows<4>(run, x, length, d + r, g + r); break;
      case 5: BackwardTileRows<5>(run, x, length, d + r, g + r); break;
      default: BackwardTileRows<6>(run, x, length, d + r, g + r); break;
    }
    r += tile;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_PRODUCTS_INL_H_
