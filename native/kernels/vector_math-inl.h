// Elementary functions on vectors of doubles, each within about one unit in the last place (measured by native/check).
// Functions that activations need exist for vectors of floats too, within a few units in the last place of floats. The
// result of a lane does not depend on its position, and NaN stays NaN.
#if defined(BASIN_KERNELS_VECTOR_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_VECTOR_MATH_INL_H_
#undef BASIN_KERNELS_VECTOR_MATH_INL_H_
#else
#define BASIN_KERNELS_VECTOR_MATH_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/geometry.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class T>
using Tag = hn::CappedTag<T, kMaxLanes * sizeof(double) / sizeof(T)>;
template <class T>
using Vector = hn::Vec<Tag<T>>;
template <class T>
inline constexpr size_t kLanesOf = hn::MaxLanes(Tag<T>());

// Doubles are what most kernels work on.
using Doubles = Tag<double>;
using Words = hn::RebindToSigned<Doubles>;
using V = Vector<double>;
using I = hn::Vec<Words>;
inline constexpr Doubles kD;
inline constexpr Words kI;
inline constexpr size_t kLanes = kLanesOf<double>;

// True for AVX-512 and later x86 targets: better targets have lower numbers.
#undef BASIN_AVX512
#define BASIN_AVX512 (HWY_ARCH_X86 && HWY_TARGET <= HWY_AVX3)

template <class T = double>
HWY_INLINE Vector<T> Splat(double x) { return hn::Set(Tag<T>(), static_cast<T>(x)); }
template <class T = double>
HWY_INLINE Vector<T> Zero() { return hn::Zero(Tag<T>()); }
HWY_INLINE V FromBits(I bits) { return hn::BitCast(kD, bits); }
HWY_INLINE I ToBits(V x) { return hn::BitCast(kI, x); }

// Bounds that preserve NaN. When an operand is NaN, x86 returns the second operand and Arm returns NaN; the fallback
// targets would return the bound.
template <class X, class T = hn::TFromV<X>>
HWY_INLINE X AtMost(X x, double bound) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  return hn::IfThenElse(hn::Gt(x, Splat<T>(bound)), Splat<T>(bound), x);
#else
  return hn::Min(Splat<T>(bound), x);
#endif
}
template <class X, class T = hn::TFromV<X>>
HWY_INLINE X AtLeast(X x, double bound) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  return hn::IfThenElse(hn::Lt(x, Splat<T>(bound)), Splat<T>(bound), x);
#else
  return hn::Max(Splat<T>(bound), x);
#endif
}

template <class X>
HWY_INLINE X Horner(X, double c) { return Splat<hn::TFromV<X>>(c); }
template <class X, class... Rest>
HWY_INLINE X Horner(X x, double c0, Rest... rest) {
  return hn::MulAdd(Horner(x, rest...), x, Splat<hn::TFromV<X>>(c0));
}

// Beyond kExpBound results would be subnormal or overflow; callers clamp larger arguments to it.
// Adding kRoundingShift, 1.5 * 2^52, rounds to an integer and leaves it in the low bits.
template <class T>
struct ExpConstants;
template <>
struct ExpConstants<double> {
  static constexpr double kBound = 708.0;
  static constexpr int kMantissaBits = 52;
  static constexpr double kRoundingShift = 6755399441055744.0;
  static constexpr double kLn2High = 0x1.62e42fefp-1;  // 20 trailing zeros: times an exponent it is exact
  static constexpr double kLn2Low = 0x1.473de6af278edp-34;
};
template <>
struct ExpConstants<float> {
  static constexpr double kBound = 87.0;
  static constexpr int kMantissaBits = 23;
  static constexpr double kRoundingShift = 12582912.0;
  static constexpr double kLn2High = 0x1.62e4p-1;
  static constexpr double kLn2Low = 0x1.7f7d1cf79abcap-20;
};
inline constexpr double kExpBound = ExpConstants<double>::kBound;
inline constexpr double kRoundingShift = ExpConstants<double>::kRoundingShift;
inline constexpr double kLn2High = ExpConstants<double>::kLn2High;
inline constexpr double kLn2Low = ExpConstants<double>::kLn2Low;
inline constexpr double kInverseLn2 = 0x1.71547652b82fep+0;

template <class X, class T = hn::TFromV<X>>
HWY_INLINE X WithinExpBound(X x) {
  return AtLeast(AtMost(x, ExpConstants<T>::kBound), -ExpConstants<T>::kBound);
}

// The parts of e^x = 2^k (1 + p), where x = k ln2 + r and |r| <= ln2 / 2.
template <class X>
struct ExpParts {
  X scale;  // 2^k
  X p;      // e^r - 1
};

template <class X, class T = hn::TFromV<X>>
HWY_INLINE ExpParts<X> SplitExp(X x) {
  using C = ExpConstants<T>;
  const hn::RebindToSigned<Tag<T>> words;
  const X shifted = hn::MulAdd(x, Splat<T>(kInverseLn2), Splat<T>(C::kRoundingShift));
  const X k = hn::Sub(shifted, Splat<T>(C::kRoundingShift));
  const X r = hn::NegMulAdd(k, Splat<T>(C::kLn2Low), hn::NegMulAdd(k, Splat<T>(C::kLn2High), x));
  X q;
  if constexpr (sizeof(T) == sizeof(double)) {
    q = Horner(r, 0.50000000000000011102, 0.16666666666666668517, 0.041666666666624128934,
               0.0083333333333300615292, 0.0013888888917213716712, 0.0001984126986305361775,
               0.000024801521295954376061, 2.7557268459997064112e-6, 2.7620088445409746215e-7,
               2.5100385495510320289e-8);
  } else {
    q = Horner(r, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040);
  }
  const X p = hn::MulAdd(hn::Mul(r, r), q, r);
  const auto exponent = hn::ShiftLeft<C::kMantissaBits>(hn::BitCast(words, shifted));
  return {hn::BitCast(Tag<T>(), hn::Add(hn::BitCast(words, Splat<T>(1.0)), exponent)), p};
}

// e^x for |x| <= kExpBound.
#if BASIN_AVX512
// Eight lanes hold a table of 2^(i/8). With x = (k/8) ln2 + r and |r| <= ln2 / 16, a shorter polynomial is enough.
HWY_INLINE V ExpBounded(V x) {
  // Bits of 2^(i/8) minus i << 49. Adding k << 49 then gives the bits of 2^(k/8).
  alignas(64) static constexpr uint64_t kPowers[8] = {
      0x3ff0000000000000, 0x3fef72b83c7d517b, 0x3fef06fe0a31b715, 0x3feebfdad5362a27,
      0x3feea09e667f3bcd, 0x3feeace5422aa0db, 0x3feee89f995ad3ad, 0x3fef5818dcfba487};
  const V shifted = hn::MulAdd(x, Splat(8 * kInverseLn2), Splat(kRoundingShift));
  const V k = hn::Sub(shifted, Splat(kRoundingShift));
  const V r = hn::NegMulAdd(k, Splat(kLn2Low / 8), hn::NegMulAdd(k, Splat(kLn2High / 8), x));
  const V q = Horner(r, 0.50000000000000510703, 0.16666666666666724028, 0.04166666661732960214,
                     0.008333333327851466521, 0.0013889588505409304706, 0.00019842047189636848568);
  const V p = hn::MulAdd(hn::Mul(r, r), q, r);
  const I index = ToBits(shifted);
  const I table = hn::Load(kI, reinterpret_cast<const int64_t*>(kPowers));
  // The lookup reads three bits of an index; Highway's debug checks require the other bits to be zero.
  const I masked = HWY_IS_DEBUG_BUILD ? hn::And(index, hn::Set(kI, 7)) : index;
  const I power = hn::TableLookupLanes(table, hn::IndicesFromVec(kI, masked));
  const V scale = FromBits(hn::Add(power, hn::ShiftLeft<49>(index)));
  return hn::MulAdd(scale, p, scale);
}
#else
HWY_INLINE V ExpBounded(V x) {
  const ExpParts<V> e = SplitExp(x);
  return hn::MulAdd(e.scale, e.p, e.scale);
}
#endif
HWY_INLINE Vector<float> ExpBounded(Vector<float> x) {
  const ExpParts<Vector<float>> e = SplitExp(x);
  return hn::MulAdd(e.scale, e.p, e.scale);
}

// e^x - 1, accurate near zero, and e^x itself, for |x| <= kExpBound.
template <class X>
struct Exponentials {
  X minusOne;
  X value;
};
template <class X, class T = hn::TFromV<X>>
HWY_INLINE Exponentials<X> ExpWithMinusOne(X x) {
  const ExpParts<X> e = SplitExp(x);
  return {hn::MulAdd(e.scale, e.p, hn::Sub(e.scale, Splat<T>(1.0))), hn::MulAdd(e.scale, e.p, e.scale)};
}

// log(1 + f) = f - halfSquare + tail for f in [sqrt(1/2) - 1, sqrt(2) - 1] (the polynomial of fdlibm's log).
template <class X>
struct LogParts {
  X halfSquare;
  X tail;
};
template <class X, class T = hn::TFromV<X>>
HWY_INLINE LogParts<X> SplitLog(X f) {
  const X s = hn::Div(f, hn::Add(f, Splat<T>(2.0)));
  const X z = hn::Mul(s, s);
  const X series = hn::Mul(z, Horner(z, 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
                                     2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
                                     1.479819860511658591e-01));
  const X halfSquare = hn::Mul(Splat<T>(0.5), hn::Mul(f, f));
  return {halfSquare, hn::Mul(s, hn::Add(halfSquare, series))};
}

// log x for positive normal x. NaN is restored at the end, because the reduction loses its bits.
HWY_INLINE V Log(V x) {
  constexpr int64_t kSqrtHalf = 0x3fe6a09e00000000;
  const I offset = hn::Sub(ToBits(x), hn::Set(kI, kSqrtHalf));
  const I k = hn::ShiftRight<52>(offset);
  const V f = hn::Sub(FromBits(hn::Sub(ToBits(x), hn::ShiftLeft<52>(k))), Splat(1.0));
  const V exponent = hn::Sub(FromBits(hn::Add(ToBits(Splat(kRoundingShift)), k)), Splat(kRoundingShift));
  const LogParts<V> parts = SplitLog(f);
  const V low = hn::MulAdd(exponent, Splat(kLn2Low), parts.tail);
  const V log = hn::MulAdd(exponent, Splat(kLn2High), hn::Sub(f, hn::Sub(parts.halfSquare, low)));
  return hn::IfThenElse(hn::Eq(x, x), log, x);
}

#if BASIN_AVX512
// table[index mod 16]. Highway has a lookup in two vectors only from version 1.1 on.
HWY_INLINE V LookUp16(const double* table, I index) {
  return V{_mm512_permutex2var_pd(hn::Load(kD, table).raw, index.raw, hn::Load(kD, table + 8).raw)};
}
#endif

template <class X, class T = hn::TFromV<X>>
HWY_INLINE X Log1pByDivision(X x) {
  const auto upper = hn::Gt(x, Splat<T>(0.41421356237309503));
  const X f = hn::IfThenElse(upper, hn::MulSub(Splat<T>(0.5), x, Splat<T>(0.5)), x);
  const LogParts<X> parts = SplitLog(f);
  const X shift = hn::IfThenElseZero(upper, Splat<T>(0.6931471805599453));
  return hn::Add(shift, hn::Sub(f, hn::Sub(parts.halfSquare, parts.tail)));
}

// log(1 + x) for x in [0, 1].
HWY_INLINE Vector<float> Log1pUnit(Vector<float> x) { return Log1pByDivision(x); }
#if BASIN_AVX512
// Sixteen lanes hold r_i close to 1/(1 + i/16), in twelve bits, and -log r_i. With 1 + y = (1 + x) r_i and |y| <
// 0.0326, no division is needed. The first interval has r = 1, hence y = x, so small x keep full accuracy.
HWY_INLINE V Log1pUnit(V x) {
  alignas(64) static constexpr double kInverses[16] = {
      0x1.000p+0, 0x1.e1ep-1, 0x1.c72p-1, 0x1.af2p-1, 0x1.99ap-1, 0x1.862p-1, 0x1.746p-1, 0x1.642p-1,
      0x1.556p-1, 0x1.47ap-1, 0x1.3b2p-1, 0x1.2f6p-1, 0x1.24ap-1, 0x1.1a8p-1, 0x1.112p-1, 0x1.084p-1};
  alignas(64) static constexpr double kLogs[16] = {
      0.0, 0x1.f0c30c1116351p-5, 0x1.e2507702af03bp-4, 0x1.601b076e7a8a9p-3, 0x1.c8df7cb9a8f77p-3, 0x1.1661caecb9ba4p-2,
      0x1.4610bc29c5e18p-2, 0x1.73c1800dc0cc8p-2, 0x1.9f123f4bf6da2p-2, 0x1.c92b7d6bb0910p-2, 0x1.f100f6c2eb39ap-2,
      0x1.0bf52e73538cep-1, 0x1.1e6df676ff8d3p-1, 0x1.30757344f0e13p-1, 0x1.41bcff486005ep-1, 0x1.52a6d269bc600p-1};
  const I index = ToBits(hn::MulAdd(AtMost(x, 0.96), Splat(16.0), Splat(kRoundingShift)));
  const V inverse = LookUp16(kInverses, index);
  const V log = LookUp16(kLogs, index);
  const V y = hn::MulAdd(x, inverse, hn::Sub(inverse, Splat(1.0)));
  const V q = Horner(y, -0.49999999999999557815, 0.3333333333333183446, -0.25000000005597789417, 0.20000000011077905452,
                     -0.16666647636889440899, 0.14285687505816962, -0.12523913338822538375, 0.11137420254842864066);
  return hn::Add(log, hn::MulAdd(hn::Mul(y, y), q, y));
}
#else
HWY_INLINE V Log1pUnit(V x) { return Log1pByDivision(x); }
#endif

// log(1 - p) for p in (0, 1), p at least one unit in the last place below 1.
HWY_INLINE V Log1Minus(V p) {
  const V u = hn::Sub(Splat(1.0), p);
  const V lost = hn::Sub(hn::Sub(Splat(1.0), u), p);
  return hn::Add(Log(u), hn::Div(lost, u));
}

// The same for floats, within some units in the last place. P in f - f^2/2 + f^3 P is the best of degree 7.
HWY_INLINE Vector<float> Log(Vector<float> x) {
  using X = Vector<float>;
  constexpr Tag<float> kTag;
  const hn::RebindToSigned<Tag<float>> words;
  const auto offset = hn::Sub(hn::BitCast(words, x), hn::Set(words, 0x3f3504f3));
  const auto k = hn::ShiftRight<23>(offset);
  const X f = hn::Sub(hn::BitCast(kTag, hn::Sub(hn::BitCast(words, x), hn::ShiftLeft<23>(k))), Splat<float>(1.0));
  const X series = Horner(f, 0.333333317, -0.25000821, 0.200012269, -0.166233573, 0.14201758, -0.131601824, 0.127615769,
                          -0.0763449636);
  const X tail = hn::MulAdd(f, series, Splat<float>(-0.5));
  const X log = hn::MulAdd(hn::ConvertTo(kTag, k), Splat<float>(0.6931471805599453), hn::MulAdd(hn::Mul(f, f), tail, f));
  return hn::IfThenElse(hn::Eq(x, x), log, x);
}

// cos 2 pi u and sin 2 pi u for u in [0, 1], from an exact reduction to an eighth of the circle.
template <class X>
struct CosSin {
  X cos;
  X sin;
};
template <class X, class T = hn::TFromV<X>>
HWY_INLINE CosSin<X> CosSinTurn(X u) {
  constexpr Tag<T> kTag;
  const hn::RebindToSigned<Tag<T>> words;
  constexpr int kSign = 8 * sizeof(T) - 2;  // from the bit of 2 to the sign
  const X rounding = Splat<T>(ExpConstants<T>::kRoundingShift);
  const X shifted = hn::MulAdd(u, Splat<T>(4.0), rounding);
  const X quarter = hn::Sub(shifted, rounding);
  const X x = hn::Mul(hn::MulSub(u, Splat<T>(4.0), quarter), Splat<T>(1.5707963267948966));
  const X z = hn::Mul(x, x);
  X sinSeries;
  X cosSeries;
  if constexpr (sizeof(T) == sizeof(double)) {
    sinSeries = Horner(z, -1.66666666666666324348e-01, 8.33333333332248946124e-03, -1.98412698298579493134e-04,
                       2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10);
    cosSeries = Horner(z, 4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05,
                       -2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11);
  } else {
    sinSeries = Horner(z, -0.166666549, 0.00833217815, -0.000195172989);
    cosSeries = Horner(z, 0.0416666469, -0.00138873675, 2.44384515e-05);
  }
  const X sin = hn::MulAdd(hn::Mul(x, z), sinSeries, x);
  const X cos = hn::MulAdd(hn::Mul(z, z), cosSeries, hn::NegMulAdd(Splat<T>(0.5), z, Splat<T>(1.0)));
  const auto turn = hn::BitCast(words, shifted);
  const auto one = hn::Set(words, 1);
  const auto two = hn::Set(words, 2);
  const auto odd = hn::MaskFromVec(hn::BitCast(kTag, hn::Sub(hn::Zero(words), hn::And(turn, one))));
  const X sinSign = hn::BitCast(kTag, hn::ShiftLeft<kSign>(hn::And(turn, two)));
  const X cosSign = hn::BitCast(kTag, hn::ShiftLeft<kSign>(hn::And(hn::Add(turn, one), two)));
  return {hn::Xor(hn::IfThenElse(odd, sin, cos), cosSign), hn::Xor(hn::IfThenElse(odd, cos, sin), sinSign)};
}

// erf x and e^(-x^2).
template <class X>
struct ErrorFunction {
  X erf;
  X gauss;
};
template <class X, class T = hn::TFromV<X>>
HWY_INLINE ErrorFunction<X> Erf(X x) {
  const X t = hn::Mul(x, x);
  const X size = AtMost(hn::Abs(x), 6.0);  // erf rounds to 1 before 6
  const X gauss = ExpBounded(hn::Neg(AtMost(t, ExpConstants<T>::kBound)));
  const X central = hn::MulAdd(
      size,
      Horner(t, 0.12837916709551258632, -0.37612638903183748251, 0.11283791670954877728, -0.02686617064507674027,
             0.0052239776248174784462, -0.00085483269808014471919, 0.00012055331110409494178,
             -0.000014925595235970651111, 1.6460999970345427368e-6, -1.6350307065234625668e-7,
             1.465973615567395907e-8, -1.1372693191126322921e-9, 5.9569056336530307771e-11),
      size);
  // erfc(x) e^(x^2) is smooth in 1/(x + 2), here mapped from [1, 6] to [-1, 1].
  const X v = hn::Mul(hn::Sub(hn::Div(Splat<T>(1.0), hn::Add(size, Splat<T>(2.0))), Splat<T>(0.22917222240741358386)),
                      Splat<T>(9.5994880102397956989));
  const X scaledComplement = Horner(
      v, 0.22143817495107259719, 0.16190631618417392068, 0.038565578138662556795, 0.0055897526321252921297,
      0.00019715968866869913474, -0.000080816101274799859622, -7.3421283319149437496e-6, 1.980370119234169722e-6,
      1.6353715890054526744e-7, -7.0085651579407025479e-8, -5.9141277173389232677e-10, 2.6237207354458968584e-9,
      -2.6364363143176316958e-10, -7.2941905070762357884e-11, 1.8634907174102005976e-11);
  const X outer = hn::NegMulAdd(gauss, scaledComplement, Splat<T>(1.0));
  const X magnitude = hn::IfThenElse(hn::Lt(size, Splat<T>(1.0)), central, outer);
  return {hn::CopySign(magnitude, x), gauss};
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_VECTOR_MATH_INL_H_
