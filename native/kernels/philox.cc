#include "kernels/philox.h"

#include <algorithm>

#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/philox.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

using Unsigned = hn::RebindToUnsigned<Doubles>;
using U = hn::Vec<Unsigned>;
inline constexpr Unsigned kU;

inline constexpr int kRounds = 10;
inline constexpr uint64_t kLowWord = 0xffffffff;

// One 32-bit word of as many counters as there are lanes, each in the low half of its 64-bit lane. What the high half
// holds does not matter; Word clears it.
struct Words4 {
  U w0, w1, w2, w3;
};

HWY_INLINE U High(U product) { return hn::ShiftRight<32>(product); }
HWY_INLINE U Word(U lane) { return hn::And(lane, hn::Set(kU, kLowWord)); }

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE U Product(U words, uint32_t multiplier) { return hn::Set(kU, hn::GetLane(Word(words)) * multiplier); }
HWY_INLINE void StorePairs(V first, V second, double* out) {
  out[0] = hn::GetLane(first);
  out[1] = hn::GetLane(second);
}
#else
HWY_INLINE void StorePairs(V first, V second, double* out) { hn::StoreInterleaved2(first, second, kD, out); }
HWY_INLINE U Product(U words, uint32_t multiplier) {
  const hn::Repartition<uint32_t, Unsigned> halves;
  return hn::BitCast(kU, hn::MulEven(hn::BitCast(halves, words), hn::BitCast(halves, hn::Set(kU, multiplier))));
}
#endif

// N vectors of counters at once: a round waits for the products of the round before, and the vectors fill its pauses.
template <size_t N>
HWY_INLINE void PhiloxRounds(Words4 (&counters)[N], std::array<uint32_t, 2> key) {
  for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 4
    for (Words4& c : counters) {
      const U first = Product(c.w0, 0xd2511f53);
      const U second = Product(c.w2, 0xcd9e8d57);
      c = {hn::Xor3(High(second), c.w1, hn::Set(kU, key[0])), second,
           hn::Xor3(High(first), c.w3, hn::Set(kU, key[1])), first};
    }
    key[0] += 0x9e3779b9;
    key[1] += 0xbb67ae85;
  }
  for (Words4& c : counters) c = {Word(c.w0), Word(c.w1), Word(c.w2), Word(c.w3)};
}

// Conversion of a 32-bit word by the bits of 2^52, which every target does exactly.
HWY_INLINE V ToDouble(U word) {
  const V shift = Splat(4503599627370496.0);
  return hn::Sub(hn::BitCast(kD, hn::Or(word, hn::BitCast(kU, shift))), shift);
}

// ((high 2^32 + low) >> 11 + 1/2) 2^-53
HWY_INLINE V ToUniform(U low, U high) {
  const V bits = hn::MulAdd(ToDouble(high), Splat(2097152.0), ToDouble(hn::ShiftRight<11>(low)));
  return hn::Mul(hn::Add(bits, Splat(0.5)), Splat(0x1p-53));
}

struct Pair {
  V first;
  V second;
};

// Vectors of pairs that are made at once, as far as the registers suffice.
constexpr size_t kPairs = BASIN_AVX512 || HWY_ARCH_ARM ? 4 : 2;

// The words of the blocks from `block` on.
template <size_t N>
HWY_INLINE void CountedWords(const Stream& stream, uint64_t block, Words4 (&words)[N]) {
  for (size_t n = 0; n < N; ++n) {
    const U index = hn::Add(hn::Set(kU, block + n * kLanes), hn::Iota(kU, 0));
    words[n] = {index, High(index), hn::Set(kU, stream.trial), hn::Set(kU, stream.purpose)};
  }
  PhiloxRounds(words, stream.key);
}

template <size_t N>
HWY_INLINE void UniformPairs(const Stream& stream, uint64_t block, Pair (&pairs)[N]) {
  Words4 words[N];
  CountedWords(stream, block, words);
  for (size_t n = 0; n < N; ++n) pairs[n] = {ToUniform(words[n].w0, words[n].w1), ToUniform(words[n].w2, words[n].w3)};
}

template <size_t N>
HWY_INLINE void NormalPairs(const Stream& stream, uint64_t block, Pair (&pairs)[N]) {
  UniformPairs(stream, block, pairs);
  for (Pair& pair : pairs) {
    const V radius = hn::Sqrt(hn::Mul(Splat(-2.0), Log(pair.first)));
    const CosSin<V> angle = CosSinTurn(pair.second);
    pair = {hn::Mul(radius, angle.cos), hn::Mul(radius, angle.sin)};
  }
}

// Always computes whole vectors. The last ones pass through a buffer, so that every element is computed in the same
// way.
template <class Source>
HWY_INLINE void FillPairs(uint64_t block, std::span<double> out, const Source& source) {
  constexpr size_t kVector = 2 * kLanes;
  constexpr size_t kStep = kPairs * kVector;
  Pair pairs[kPairs];
  for (; out.size() >= kStep; out = out.subspan(kStep), block += kPairs * kLanes) {
    source(block, pairs);
    for (size_t n = 0; n < kPairs; ++n) StorePairs(pairs[n].first, pairs[n].second, out.data() + n * kVector);
  }
  if (out.empty()) return;
  double last[kStep];
  source(block, pairs);
  for (size_t n = 0; n < kPairs; ++n) StorePairs(pairs[n].first, pairs[n].second, last + n * kVector);
  std::copy_n(last, out.size(), out.data());
}

using F = Vector<float>;
constexpr Tag<float> kF;

// (half the word + 1/2) 2^-31 in (0, 1], with all bits of a float also near 0.
template <class Halves>
HWY_INLINE F ToSingleUniform(hn::Vec<Halves> words) {
  const auto halved = hn::BitCast(hn::RebindToSigned<Halves>(), hn::ShiftRight<1>(words));
  return hn::MulAdd(hn::ConvertTo(kF, halved), Splat<float>(0x1p-31), Splat<float>(0x1p-32));
}

template <class Halves>
HWY_INLINE void StoreSingles(hn::Vec<Halves> radii, hn::Vec<Halves> turns, float* out) {
  const F radius = hn::Sqrt(hn::Mul(Splat<float>(-2.0), Log(ToSingleUniform<Halves>(radii))));
  const CosSin<F> angle = CosSinTurn(ToSingleUniform<Halves>(turns));
  const F first = hn::Mul(radius, angle.cos);
  const F second = hn::Mul(radius, angle.sin);
#if HWY_TARGET == HWY_SCALAR
  out[0] = hn::GetLane(first);
  out[1] = hn::GetLane(second);
#else
  hn::StoreInterleaved2(first, second, kF, out);
#endif
}

// The normals of kLanes counters. The words 0 and 2 of a counter are radii, 1 and 3 angles; both of a kind share a lane.
HWY_INLINE void StoreSingleNormals(const Words4& c, float* out) {
#if HWY_TARGET == HWY_SCALAR
  const hn::RebindToUnsigned<Tag<float>> halves;
  const auto narrow = [&](U word) { return hn::Set(halves, static_cast<uint32_t>(hn::GetLane(word))); };
  StoreSingles<hn::RebindToUnsigned<Tag<float>>>(narrow(c.w0), narrow(c.w1), out);
  StoreSingles<hn::RebindToUnsigned<Tag<float>>>(narrow(c.w2), narrow(c.w3), out + 2);
#else
  using Halves = hn::Repartition<uint32_t, Unsigned>;
  const auto both = [](U low, U high) { return hn::BitCast(Halves(), hn::Or(low, hn::ShiftLeft<32>(high))); };
  StoreSingles<Halves>(both(c.w0, c.w2), both(c.w1, c.w3), out);
#endif
}

}  // namespace

void SingleNormalsOfTarget(const Stream& stream, uint64_t block, std::span<float> out) {
  constexpr size_t kVector = 4 * kLanes;
  constexpr size_t kStep = kPairs * kVector;
  for (; !out.empty(); block += kPairs * kLanes) {
    float last[kStep];
    float* const to = out.size() < kStep ? last : out.data();
    Words4 words[kPairs];
    CountedWords(stream, block, words);
    for (size_t n = 0; n < kPairs; ++n) StoreSingleNormals(words[n], to + n * kVector);
    if (to == out.data()) {
      out = out.subspan(kStep);
    } else {
      std::copy_n(last, out.size(), out.data());
      out = {};
    }
  }
}

void UniformsOfTarget(const Stream& stream, uint64_t firstBlock, std::span<double> out) {
  FillPairs(firstBlock, out, [&](uint64_t block, auto& pairs) { UniformPairs(stream, block, pairs); });
}

void NormalsOfTarget(const Stream& stream, uint64_t firstBlock, std::span<double> out) {
  FillPairs(firstBlock, out, [&](uint64_t block, auto& pairs) { NormalPairs(stream, block, pairs); });
}

void PhiloxOfTarget(const std::array<uint32_t, 4>& counter, const std::array<uint32_t, 2>& key, uint32_t* words) {
  Words4 counters[1] = {
      {hn::Set(kU, counter[0]), hn::Set(kU, counter[1]), hn::Set(kU, counter[2]), hn::Set(kU, counter[3])}};
  PhiloxRounds(counters, key);
  const Words4& c = counters[0];
  for (const U word : {c.w0, c.w1, c.w2, c.w3}) *words++ = static_cast<uint32_t>(hn::GetLane(word));
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(UniformsOfTarget);
HWY_EXPORT(NormalsOfTarget);
HWY_EXPORT(SingleNormalsOfTarget);
HWY_EXPORT(PhiloxOfTarget);

std::array<uint32_t, 4> Philox(std::array<uint32_t, 4> counter, std::array<uint32_t, 2> key) {
  std::array<uint32_t, 4> words;
  HWY_DYNAMIC_DISPATCH(PhiloxOfTarget)(counter, key, words.data());
  return words;
}

void FillUniforms(const Stream& stream, uint64_t firstBlock, std::span<double> out) {
  HWY_DYNAMIC_DISPATCH(UniformsOfTarget)(stream, firstBlock, out);
}

void FillNormals(const Stream& stream, uint64_t firstBlock, std::span<double> out) {
  HWY_DYNAMIC_DISPATCH(NormalsOfTarget)(stream, firstBlock, out);
}

void FillSingleNormals(const Stream& stream, uint64_t firstBlock, std::span<float> out) {
  HWY_DYNAMIC_DISPATCH(SingleNormalsOfTarget)(stream, firstBlock, out);
}

}  // namespace basin
#endif  // HWY_ONCE
