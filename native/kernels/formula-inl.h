// The operators of formulas on vectors. Functions that the activations use are shared with them. Other functions are
// Highway's; functions that Highway lacks are computed lane by lane.
#if defined(BASIN_KERNELS_FORMULA_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_FORMULA_INL_H_
#undef BASIN_KERNELS_FORMULA_INL_H_
#else
#define BASIN_KERNELS_FORMULA_INL_H_
#endif

#include <cmath>
#include <limits>

#include "hwy/contrib/math/math-inl.h"
#include "kernels/activations-inl.h"
#include "kernels/formula.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

template <class T>
HWY_INLINE Vector<T> Infinity() { return Splat<T>(std::numeric_limits<double>::infinity()); }
template <class T>
HWY_INLINE Vector<T> NotANumber() { return Splat<T>(std::numeric_limits<double>::quiet_NaN()); }

// Applies a scalar function of two arguments lane by lane; a function of one argument ignores the second.
template <class T, class Function>
HWY_INLINE Vector<T> ByLanes(Function function, Vector<T> a, Vector<T> b) {
  constexpr Tag<T> kTag;
  alignas(kAlignment) T x[kLanesOf<T>];
  alignas(kAlignment) T y[kLanesOf<T>];
  hn::StoreU(a, kTag, x);
  hn::StoreU(b, kTag, y);
  for (size_t i = 0; i < hn::Lanes(kTag); ++i) x[i] = function(x[i], y[i]);
  return hn::LoadU(kTag, x);
}

// Results that would be subnormal are 0, and e^x is infinite beyond the bound. The last factor e^1.7 of the range of
// doubles is therefore not used.
template <class T>
HWY_INLINE Vector<T> FormulaExp(Vector<T> x) {
  const Vector<T> inside = ExpBounded(WithinExpBound(x));
  const Vector<T> above = hn::IfThenElse(hn::Gt(x, Splat<T>(ExpConstants<T>::kBound)), Infinity<T>(), inside);
  return hn::IfThenZeroElse(hn::Lt(x, Splat<T>(-ExpConstants<T>::kBound)), above);
}

template <class T>
HWY_INLINE Vector<T> FormulaExpm1(Vector<T> x) {
  const Vector<T> inside = ExpWithMinusOne(WithinExpBound(x)).minusOne;
  return hn::IfThenElse(hn::Gt(x, Splat<T>(ExpConstants<T>::kBound)), Infinity<T>(), inside);
}

// Completes a logarithm at the ends of its domain: -inf at `zero`, NaN below it, infinity at infinity.
template <class T>
HWY_INLINE Vector<T> WithEnds(Vector<T> x, double zero, Vector<T> log) {
  const Vector<T> below = hn::IfThenElse(hn::Lt(x, Splat<T>(zero)), NotANumber<T>(), log);
  const Vector<T> at = hn::IfThenElse(hn::Eq(x, Splat<T>(zero)), hn::Neg(Infinity<T>()), below);
  return hn::IfThenElse(hn::Eq(x, Infinity<T>()), x, at);
}

template <class T>
HWY_INLINE Vector<T> FormulaLog(Vector<T> x) {
  constexpr Tag<T> kTag;
  const auto small = hn::Lt(x, Splat<T>(static_cast<double>(std::numeric_limits<T>::min())));
  const Vector<T> normal = hn::IfThenElse(small, hn::Mul(x, Splat<T>(0x1p54)), x);
  Vector<T> log;
  if constexpr (sizeof(T) == sizeof(double)) {
    log = Log(normal);
  } else {
    log = hn::Log(kTag, normal);
  }
  return WithEnds<T>(x, 0.0, hn::Sub(log, hn::IfThenElseZero(small, Splat<T>(37.42994775023704665))));
}

template <class T>
HWY_INLINE Vector<T> FormulaLog1p(Vector<T> x) {
  constexpr Tag<T> kTag;
  const Vector<T> log = WithEnds<T>(x, -1.0, hn::Log1p(kTag, x));
  return hn::IfThenElse(hn::Eq(x, x), log, x);
}

// Highway's sine and cosine are accurate up to this angle.
inline constexpr double kFarthestAngle = 39000.0;

template <class T>
HWY_INLINE Vector<T> FormulaSin(Vector<T> x) {
  constexpr Tag<T> kTag;
  if (hn::AllTrue(kTag, hn::Lt(hn::Abs(x), Splat<T>(kFarthestAngle)))) return hn::Sin(kTag, x);
  return ByLanes<T>([](T a, T) { return std::sin(a); }, x, x);
}
template <class T>
HWY_INLINE Vector<T> FormulaCos(Vector<T> x) {
  constexpr Tag<T> kTag;
  if (hn::AllTrue(kTag, hn::Lt(hn::Abs(x), Splat<T>(kFarthestAngle)))) return hn::Cos(kTag, x);
  return ByLanes<T>([](T a, T) { return std::cos(a); }, x, x);
}

// NaN stays NaN, whichever operand it is.
template <class T>
HWY_INLINE Vector<T> FormulaMax(Vector<T> a, Vector<T> b) {
  return hn::IfThenElse(hn::Ne(a, a), a, hn::IfThenElse(hn::Gt(a, b), a, b));
}
template <class T>
HWY_INLINE Vector<T> FormulaMin(Vector<T> a, Vector<T> b) {
  return hn::IfThenElse(hn::Ne(a, a), a, hn::IfThenElse(hn::Lt(a, b), a, b));
}

template <class T>
HWY_INLINE Vector<T> FormulaSign(Vector<T> x) {
  const Vector<T> positive = hn::IfThenElse(hn::Gt(x, Zero<T>()), Splat<T>(1.0), x);
  return hn::IfThenElse(hn::Lt(x, Zero<T>()), Splat<T>(-1.0), positive);
}

template <class T, class Mask>
HWY_INLINE Vector<T> Truth(Mask mask) { return hn::IfThenElseZero(mask, Splat<T>(1.0)); }

template <class T>
HWY_INLINE ValueSlope<T> FormulaErf(Vector<T> x) {
  const ErrorFunction<Vector<T>> e = Erf(x);
  return {e.erf, hn::Mul(Splat<T>(1.1283791670955126), e.gauss)};
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_FORMULA_INL_H_
