#include "kernels/pieces.h"

#include <limits>

#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/pieces.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

template <class T>
using Words = hn::RebindToSigned<Tag<T>>;
template <class T>
using Places = hn::Vec<Words<T>>;

template <class T>
const T* RowsOf(const Pieces& pieces, size_t function) {
  if constexpr (sizeof(T) == sizeof(double)) {
    return pieces.rows[function].data();
  } else {
    return pieces.singleRows[function].data();
  }
}

template <class T, class Mask>
HWY_INLINE Places<T> Where(Mask mask, size_t number) {
  constexpr Words<T> kWords;
  const auto words = hn::Set(kWords, static_cast<hn::TFromD<Words<T>>>(number));
  return hn::BitCast(kWords, hn::IfThenElseZero(mask, hn::BitCast(Tag<T>(), words)));
}

// Where the rows of points inside the range begin. The exponent and the leading mantissa bits of |z| + 1 select the
// piece on the side (z < 0 or z >= 0) of the point.
template <class T>
HWY_INLINE Places<T> PlacesOf(const Pieces& pieces, Vector<T> z) {
  constexpr Words<T> kWords;
  constexpr int kMantissa = std::numeric_limits<T>::digits - 1;
  constexpr int kBias = std::numeric_limits<T>::max_exponent - 1;
  using Word = hn::TFromD<Words<T>>;
  const int bits = static_cast<int>(pieces.stepBits);
  const Vector<T> u = hn::Add(hn::Abs(z), Splat<T>(1.0));
  const Places<T> first = hn::Set(kWords, static_cast<Word>(Word{kBias} << bits));
  Places<T> place = hn::Sub(hn::ShiftRightSame(hn::BitCast(kWords, u), kMantissa - bits), first);
  place = hn::Add(place, Where<T>(hn::Lt(z, Zero<T>()), pieces.side()));
  for (const double kink : pieces.kinks) place = hn::Add(place, Where<T>(hn::Gt(z, Splat<T>(kink)), 2 * pieces.side()));
  static_assert(kPieceRow == 8);
  return hn::ShiftLeft<3>(place);
}

// Number of points processed at a time. Their rows stay in the first-level cache.
constexpr size_t kChunk = 64;

// Points, where their rows begin, and copies of their rows. Copying whole rows and separating their numbers takes half
// as long as gathering number by number.
template <class T>
struct Chunk {
  alignas(kAlignment) T points[kChunk];
  alignas(kAlignment) hn::TFromD<Words<T>> places[kChunk];
  alignas(kAlignment) T first[kChunk * kPieceRow / 2];
  alignas(kAlignment) T second[kChunk * kPieceRow / 2];
};

template <class T>
HWY_INLINE void Find(const Pieces& pieces, size_t count, const T* z, Chunk<T>& chunk) {
  constexpr Tag<T> kTag;
  for (size_t k = 0; k < count; k += kLanesOf<T>) {
    const Vector<T> given = hn::LoadU(kTag, z + k);
    const auto inside = hn::And(hn::Ge(given, Splat<T>(pieces.low)), hn::Le(given, Splat<T>(pieces.high)));
    hn::Store(given, kTag, chunk.points + k);
    hn::Store(PlacesOf<T>(pieces, hn::IfThenElseZero(inside, given)), Words<T>(), chunk.places + k);
  }
}

template <class T>
HWY_INLINE void CopyRows(const T* rows, size_t count, Chunk<T>& chunk) {
  constexpr hn::CappedTag<T, kPieceRow / 2> kHalf;
  for (size_t i = 0; i < count; ++i) {
    const T* const row = rows + chunk.places[i];
    for (size_t c = 0; c < kPieceRow / 2; c += hn::Lanes(kHalf)) {
      hn::StoreU(hn::LoadU(kHalf, row + c), kHalf, chunk.first + i * kPieceRow / 2 + c);
      hn::StoreU(hn::LoadU(kHalf, row + kPieceRow / 2 + c), kHalf, chunk.second + i * kPieceRow / 2 + c);
    }
  }
}

// A point outside the range uses the row of 0, and its result is NaN.
template <class T>
HWY_INLINE void Evaluate(const Pieces& pieces, size_t count, const Chunk<T>& chunk, T* out) {
  constexpr Tag<T> kTag;
  static_assert(kPieceRow == 8 && kPieceCoefficients == 6);
  const Vector<T> nothing = Splat<T>(std::numeric_limits<double>::quiet_NaN());
  for (size_t k = 0; k < count; k += kLanesOf<T>) {
    Vector<T> origin, c0, c1, c2, c3, c4, c5, unused;
    hn::LoadInterleaved4(kTag, chunk.first + k * kPieceRow / 2, origin, c0, c1, c2);
    hn::LoadInterleaved4(kTag, chunk.second + k * kPieceRow / 2, c3, c4, c5, unused);
    const Vector<T> z = hn::Load(kTag, chunk.points + k);
    const auto inside = hn::And(hn::Ge(z, Splat<T>(pieces.low)), hn::Le(z, Splat<T>(pieces.high)));
    const Vector<T> x = hn::Sub(z, origin);
    Vector<T> sum = hn::MulAdd(c5, x, c4);
    sum = hn::MulAdd(sum, x, c3);
    sum = hn::MulAdd(sum, x, c2);
    sum = hn::MulAdd(sum, x, c1);
    sum = hn::MulAdd(sum, x, c0);
    hn::StoreU(hn::IfThenElse(inside, sum, nothing), kTag, out + k);
  }
}

template <class T>
void Run(const Pieces& pieces, size_t functions, size_t count, const T* z, T* const* outputs) {
  Chunk<T> chunk;
  for (size_t first = 0; first < count; first += kChunk) {
    const size_t points = HWY_MIN(kChunk, count - first);
    Find(pieces, points, z + first, chunk);
    for (size_t f = 0; f < functions; ++f) {
      CopyRows(RowsOf<T>(pieces, f), points, chunk);
      Evaluate(pieces, points, chunk, outputs[f] + first);
    }
  }
}

}  // namespace

void PiecesOfDoubles(const Pieces& pieces, size_t functions, size_t count, const double* z, double* const* outputs) {
  Run(pieces, functions, count, z, outputs);
}
void PiecesOfFloats(const Pieces& pieces, size_t functions, size_t count, const float* z, float* const* outputs) {
  Run(pieces, functions, count, z, outputs);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(PiecesOfDoubles);
HWY_EXPORT(PiecesOfFloats);

template <>
void RunPieces(const Pieces& pieces, size_t functions, size_t count, const double* z, double* const* outputs) {
  HWY_DYNAMIC_DISPATCH(PiecesOfDoubles)(pieces, functions, count, z, outputs);
}
template <>
void RunPieces(const Pieces& pieces, size_t functions, size_t count, const float* z, float* const* outputs) {
  HWY_DYNAMIC_DISPATCH(PiecesOfFloats)(pieces, functions, count, z, outputs);
}

}  // namespace basin
#endif  // HWY_ONCE
