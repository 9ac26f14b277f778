// One functor per activation, for doubles and floats. At(z) returns the value and the slope; Curved(z) returns the
// second derivative too. Exact(activation, z) is the formula, which only native/check uses. words.h lists the functors.
#if defined(BASIN_KERNELS_ACTIVATIONS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_ACTIVATIONS_INL_H_
#undef BASIN_KERNELS_ACTIVATIONS_INL_H_
#else
#define BASIN_KERNELS_ACTIVATIONS_INL_H_
#endif

#include <cmath>

#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

template <class T>
struct ValueSlope {
  Vector<T> value;
  Vector<T> slope;
};
template <class T>
struct ValueSlopeCurvature {
  Vector<T> value;
  Vector<T> slope;
  Vector<T> curvature;
};

// 1/(1 + e^(-bz)). No branch on the sign of z is needed: e = e^(-bz) cannot overflow inside the bound, and e/(1+e)^2 is
// computed as (e q) q with q = 1/(1+e), which is accurate for both signs.
template <class T, bool kUnit>
struct Sigmoid {
  using V = Vector<T>;
  V b;
  V minusB;
  explicit Sigmoid(const Activation& a) : b(Splat<T>(a.parameters[0])), minusB(Splat<T>(-a.parameters[0])) {}

  HWY_INLINE ValueSlope<T> At(V z) const {
    const V e = ExpBounded(WithinExpBound(kUnit ? hn::Neg(z) : hn::Mul(minusB, z)));
    const V q = hn::Div(Splat<T>(1.0), hn::Add(Splat<T>(1.0), e));
    return {q, hn::Mul(kUnit ? q : hn::Mul(b, q), hn::Mul(e, q))};
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const {
    const Exponentials<V> e = ExpWithMinusOne(WithinExpBound(hn::Neg(hn::Mul(b, z))));
    const V q = hn::Div(Splat<T>(1.0), hn::Add(Splat<T>(1.0), e.value));
    const V slope = hn::Mul(hn::Mul(b, q), hn::Mul(e.value, q));
    return {q, slope, hn::Mul(hn::Mul(b, slope), hn::Mul(e.minusOne, q))};
  }
  static ExactValues Exact(const Activation& activation, long double z) {
    const long double rate = activation.parameters[0];
    const long double e = std::exp(-std::fabs(rate * z));
    const long double slope = e / ((1 + e) * (1 + e));
    return {z >= 0 ? 1 / (1 + e) : e / (1 + e), rate * slope, -rate * rate * slope * std::tanh(rate * z / 2)};
  }
};

template <class T>
struct Tanh {
  using V = Vector<T>;
  explicit Tanh(const Activation&) {}

  HWY_INLINE ValueSlope<T> At(V z) const {
    const Exponentials<V> e = ExpWithMinusOne(hn::Neg(AtMost(hn::Abs(hn::Add(z, z)), ExpConstants<T>::kBound)));
    const V q = hn::Div(Splat<T>(1.0), hn::Add(Splat<T>(2.0), e.minusOne));
    const V value = hn::CopySign(hn::Mul(e.minusOne, q), z);
    return {value, hn::Mul(hn::Mul(Splat<T>(4.0), q), hn::Mul(e.value, q))};
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const {
    const ValueSlope<T> at = At(z);
    return {at.value, at.slope, hn::Mul(Splat<T>(-2.0), hn::Mul(at.value, at.slope))};
  }
  static ExactValues Exact(const Activation&, long double z) {
    const long double e = std::exp(-2 * std::fabs(z));
    const long double slope = 4 * e / ((1 + e) * (1 + e));
    return {std::tanh(z), slope, -2 * std::tanh(z) * slope};
  }
};

// (1/b) log(1 + e^(bz)); its derivative is the sigmoid.
template <class T, bool kUnit>
struct Softplus {
  using V = Vector<T>;
  V b;
  V inverseB;
  explicit Softplus(const Activation& a) : b(Splat<T>(a.parameters[0])), inverseB(Splat<T>(1.0 / a.parameters[0])) {}

  HWY_INLINE ValueSlope<T> At(V z) const {
    const ValueSlopeCurvature<T> at = Curved(z);
    return {at.value, at.slope};
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const {
    const V e = ExpBounded(AtLeast(hn::Neg(hn::Abs(kUnit ? z : hn::Mul(b, z))), -ExpConstants<T>::kBound));
    const V q = hn::Div(Splat<T>(1.0), hn::Add(Splat<T>(1.0), e));
    const V log = Log1pUnit(e);
    const V value = kUnit ? hn::Add(log, AtLeast(z, 0.0)) : hn::MulAdd(log, inverseB, AtLeast(z, 0.0));
    const V tail = hn::Mul(e, q);
    return {value, hn::IfThenElse(hn::Lt(z, Zero<T>()), tail, q), hn::Mul(hn::Mul(b, q), tail)};
  }
  static ExactValues Exact(const Activation& activation, long double z) {
    const long double rate = activation.parameters[0];
    const ExactValues sigmoid = Sigmoid<T, kUnit>::Exact(activation, z);
    return {(z > 0 ? z : 0) + std::log1p(std::exp(-std::fabs(rate * z))) / rate, sigmoid.value, sigmoid.slope};
  }
};

// z for z > 0, a z otherwise; ReLU is a = 0.
template <class T>
struct LeakyRelu {
  using V = Vector<T>;
  V a;
  explicit LeakyRelu(const Activation& activation)
      : a(Splat<T>(activation.kind == ActivationKind::kRelu ? 0.0 : activation.parameters[0])) {}

  HWY_INLINE ValueSlope<T> At(V z) const {
    const V slope = hn::IfThenElse(hn::Gt(z, Zero<T>()), Splat<T>(1.0), a);
    return {hn::Mul(slope, z), slope};
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const {
    const ValueSlope<T> at = At(z);
    return {at.value, at.slope, Zero<T>()};
  }
  static ExactValues Exact(const Activation& activation, long double z) {
    const long double slope = z > 0 ? 1.0L : activation.parameters[0];
    return {slope * z, slope, 0};
  }
};

template <class T>
struct SquaredRelu {
  using V = Vector<T>;
  explicit SquaredRelu(const Activation&) {}

  HWY_INLINE ValueSlope<T> At(V z) const {
    const V positive = AtLeast(z, 0.0);
    return {hn::Mul(positive, positive), hn::Add(positive, positive)};
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const {
    const ValueSlope<T> at = At(z);
    return {at.value, at.slope, hn::IfThenElseZero(hn::Gt(z, Zero<T>()), Splat<T>(2.0))};
  }
  static ExactValues Exact(const Activation&, long double z) {
    return z > 0 ? ExactValues{z * z, 2 * z, 2} : ExactValues{0, 0, 0};
  }
};

template <class T>
struct Quadratic {
  using V = Vector<T>;
  explicit Quadratic(const Activation&) {}

  HWY_INLINE ValueSlope<T> At(V z) const { return {hn::Mul(z, z), hn::Add(z, z)}; }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const { return {hn::Mul(z, z), hn::Add(z, z), Splat<T>(2.0)}; }
  static ExactValues Exact(const Activation&, long double z) { return {z * z, 2 * z, 2}; }
};

template <class T>
struct Linear {
  using V = Vector<T>;
  explicit Linear(const Activation&) {}

  HWY_INLINE ValueSlope<T> At(V z) const { return {z, Splat<T>(1.0)}; }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const { return {z, Splat<T>(1.0), Zero<T>()}; }
  static ExactValues Exact(const Activation&, long double z) { return {z, 1, 0}; }
};

// A erf(c z) with parameters (A, c).
template <class T>
struct ScaledErf {
  using V = Vector<T>;
  V amplitude;
  V rate;
  V slopeAtZero;
  V curvatureFactor;
  explicit ScaledErf(const Activation& a)
      : amplitude(Splat<T>(a.parameters[0])),
        rate(Splat<T>(a.parameters[1])),
        slopeAtZero(Splat<T>(a.parameters[0] * a.parameters[1] * 1.1283791670955126)),
        curvatureFactor(Splat<T>(-2.0 * a.parameters[1] * a.parameters[1])) {}

  HWY_INLINE ValueSlope<T> At(V z) const {
    const ErrorFunction<V> e = Erf(hn::Mul(rate, z));
    return {hn::Mul(amplitude, e.erf), hn::Mul(slopeAtZero, e.gauss)};
  }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const {
    const ValueSlope<T> at = At(z);
    return {at.value, at.slope, hn::Mul(hn::Mul(curvatureFactor, z), at.slope)};
  }
  static ExactValues Exact(const Activation& activation, long double z) {
    const long double a = activation.parameters[0];
    const long double c = activation.parameters[1];
    const long double slope = a * c * 1.12837916709551257389615890312154517L * std::exp(-c * c * z * z);
    return {a * std::erf(c * z), slope, -2 * c * c * z * slope};
  }
};

// body(functor) of one activation; the second parameter of a functor, if any, tells whether its slope b is 1.
template <template <class> class Functor, class T, class Body>
HWY_INLINE void WithFunctor(const Activation& activation, const Body& body) {
  body(Functor<T>(activation));
}
template <template <class, bool> class Functor, class T, class Body>
HWY_INLINE void WithFunctor(const Activation& activation, const Body& body) {
  if (activation.parameters[0] == 1.0) return body(Functor<T, true>(activation));
  body(Functor<T, false>(activation));
}

// Calls body(functor) with the functor of `activation`. There is one switch per block of samples and none per element.
template <class T = double, class Body>
HWY_INLINE void WithActivation(const Activation& activation, const Body& body) {
#define BASIN_CASE(enumerator, name, functor, ...) \
  case ActivationKind::k##enumerator: return WithFunctor<functor, T>(activation, body);
  switch (activation.kind) { BASIN_ACTIVATIONS(BASIN_CASE) }
#undef BASIN_CASE
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_ACTIVATIONS_INL_H_
