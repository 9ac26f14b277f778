// One functor per loss: value, slope and curvature in the output f of the network. Value and slope are separate
// functions because most iterations need the slope alone. Exact(f, y) is the formula, which only native/check uses.
// words.h lists the functors.
#if defined(BASIN_KERNELS_LOSSES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_LOSSES_INL_H_
#undef BASIN_KERNELS_LOSSES_INL_H_
#else
#define BASIN_KERNELS_LOSSES_INL_H_
#endif

#include <cmath>

#include "kernels/activations-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

// The clip keeps 1 - p positive; 2^-24 is one unit in the last place of floats below 1.
template <class T>
inline constexpr double kCrossEntropyClip = sizeof(T) == sizeof(double) ? 1e-15 : 0x1p-24;

template <class T>
struct SquaredLoss {
  using V = Vector<T>;
  static HWY_INLINE V Value(V f, V y) {
    const V residual = hn::Sub(f, y);
    return hn::Mul(hn::Mul(Splat<T>(0.5), residual), residual);
  }
  static HWY_INLINE V Slope(V f, V y) { return hn::Sub(f, y); }
  static HWY_INLINE V Curvature(V, V) { return Splat<T>(1.0); }
  static ExactValues Exact(long double f, long double y) { return {(f - y) * (f - y) / 2, f - y, 1}; }
};

template <class T>
struct CrossEntropyLoss {
  using V = Vector<T>;
  static HWY_INLINE V Clipped(V f) { return AtMost(AtLeast(f, kCrossEntropyClip<T>), 1.0 - kCrossEntropyClip<T>); }

  // The logarithm exists for doubles only.
  static HWY_INLINE V Value(V f, V y) requires(sizeof(T) == sizeof(double)) {
    const V p = Clipped(f);
    return hn::Neg(hn::MulAdd(y, Log(p), hn::Mul(hn::Sub(Splat<T>(1.0), y), Log1Minus(p))));
  }
  static HWY_INLINE V Slope(V f, V y) {
    const V p = Clipped(f);
    return hn::Div(hn::Sub(p, y), hn::Mul(p, hn::Sub(Splat<T>(1.0), p)));
  }
  static HWY_INLINE V Curvature(V f, V y) {
    const V p = Clipped(f);
    const V rest = hn::Sub(Splat<T>(1.0), p);
    return hn::Add(hn::Div(y, hn::Mul(p, p)), hn::Div(hn::Sub(Splat<T>(1.0), y), hn::Mul(rest, rest)));
  }
  static ExactValues Exact(long double f, long double y) {
    const long double p = std::fmin(std::fmax(f, kCrossEntropyClip<double>), 1.0 - kCrossEntropyClip<double>);
    return {-y * std::log(p) - (1 - y) * std::log1p(-p), (p - y) / (p * (1 - p)), y / (p * p) + (1 - y) / ((1 - p) * (1 - p))};
  }
};

template <class T = double, class Body>
HWY_INLINE void WithLoss(Loss loss, const Body& body) {
#define BASIN_CASE(enumerator, name, functor) \
  case Loss::k##enumerator: return body(functor<T>());
  switch (loss) { BASIN_LOSSES(BASIN_CASE) }
#undef BASIN_CASE
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_LOSSES_INL_H_
