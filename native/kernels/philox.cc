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

// One 32-bit word of as many counters as there are lanes, each in the low half of its 64-bit lane.
struct Words4 {
  U w0, w1, w2, w3;
};

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE U Product(U words, uint32_t multiplier) { return hn::Set(kU, hn::GetLane(words) * multiplier); }
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
HWY_INLINE U High(U product) { return hn::ShiftRight<32>(product); }
HWY_INLINE U Low(U product) { return hn::And(product, hn::Set(kU, kLowWord)); }

HWY_INLINE Words4 PhiloxRounds(Words4 c, std::array<uint32_t, 2> key) {
  for (int round = 0; round < kRounds; ++round) {
    const U first = Product(c.w0, 0xd2511f53);
    const U second = Product(c.w2, 0xcd9e8d57);
    c = {hn::Xor(hn::Xor(High(second), c.w1), hn::Set(kU, key[0])), Low(second),
         hn::Xor(hn::Xor(High(first), c.w3), hn::Set(kU, key[1])), Low(first)};
    key[0] += 0x9e3779b9;
    key[1] += 0xbb67ae85;
  }
  return c;
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

HWY_INLINE Pair UniformPairs(const Stream& stream, uint64_t block) {
  const U index = hn::Add(hn::Set(kU, block), hn::Iota(kU, 0));
  const Words4 words = PhiloxRounds({Low(index), High(index), hn::Set(kU, stream.trial), hn::Set(kU, stream.purpose)},
                                    stream.key);
  return {ToUniform(words.w0, words.w1), ToUniform(words.w2, words.w3)};
}

HWY_INLINE Pair NormalPairs(const Stream& stream, uint64_t block) {
  const Pair u = UniformPairs(stream, block);
  const V radius = hn::Sqrt(hn::Mul(Splat(-2.0), Log(u.first)));
  const CosSin angle = CosSinTurn(u.second);
  return {hn::Mul(radius, angle.cos), hn::Mul(radius, angle.sin)};
}

// Always computes whole vectors. The last one passes through a buffer, so that every element is computed in the same
// way.
template <class Source>
HWY_INLINE void FillPairs(uint64_t block, std::span<double> out, const Source& source) {
  constexpr size_t kStep = 2 * kLanes;
  for (; out.size() >= kStep; out = out.subspan(kStep), block += kLanes) {
    const Pair pair = source(block);
    StorePairs(pair.first, pair.second, out.data());
  }
  if (out.empty()) return;
  double last[kStep];
  const Pair pair = source(block);
  StorePairs(pair.first, pair.second, last);
  std::copy_n(last, out.size(), out.data());
}

}  // namespace

void UniformsOfTarget(const Stream& stream, uint64_t firstBlock, std::span<double> out) {
  FillPairs(firstBlock, out, [&](uint64_t block) { return UniformPairs(stream, block); });
}

void NormalsOfTarget(const Stream& stream, uint64_t firstBlock, std::span<double> out) {
  FillPairs(firstBlock, out, [&](uint64_t block) { return NormalPairs(stream, block); });
}

void PhiloxOfTarget(const std::array<uint32_t, 4>& counter, const std::array<uint32_t, 2>& key, uint32_t* words) {
  const Words4 c = PhiloxRounds({hn::Set(kU, counter[0]), hn::Set(kU, counter[1]), hn::Set(kU, counter[2]),
                                 hn::Set(kU, counter[3])}, key);
  for (const U word : {c.w0, c.w1, c.w2, c.w3}) *words++ = static_cast<uint32_t>(hn::GetLane(word));
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(UniformsOfTarget);
HWY_EXPORT(NormalsOfTarget);
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

}  // namespace basin
#endif  // HWY_ONCE
