// One functor per activation, for doubles and floats: At(z) gives the value and the slope, Curved(z) the second derivative too.
// A new activation is a functor here, a case in WithActivation, and its entry in src/core/activations.ts.
#if defined(BASIN_KERNELS_ACTIVATIONS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_ACTIVATIONS_INL_H_
#undef BASIN_KERNELS_ACTIVATIONS_INL_H_
#else
#define BASIN_KERNELS_ACTIVATIONS_INL_H_
#endif

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

// 1/(1 + e^(-bz)). No branch on the sign of z: e^(-bz) cannot overflow inside the bound, and e/(1+e)^2 is taken as
// (e q) q with q = 1/(1+e), which keeps its digits on both sides.
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
};

template <class T>
struct Quadratic {
  using V = Vector<T>;
  explicit Quadratic(const Activation&) {}

  HWY_INLINE ValueSlope<T> At(V z) const { return {hn::Mul(z, z), hn::Add(z, z)}; }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const { return {hn::Mul(z, z), hn::Add(z, z), Splat<T>(2.0)}; }
};

template <class T>
struct Linear {
  using V = Vector<T>;
  explicit Linear(const Activation&) {}

  HWY_INLINE ValueSlope<T> At(V z) const { return {z, Splat<T>(1.0)}; }
  HWY_INLINE ValueSlopeCurvature<T> Curved(V z) const { return {z, Splat<T>(1.0), Zero<T>()}; }
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
};

// Calls body(functor) with the functor of `activation`: one switch per block of samples, none per element.
template <class T = double, class Body>
HWY_INLINE void WithActivation(const Activation& activation, const Body& body) {
  switch (activation.kind) {
    case ActivationKind::kSigmoid: return activation.parameters[0] == 1.0 ? body(Sigmoid<T, true>(activation)) : body(Sigmoid<T, false>(activation));
    case ActivationKind::kTanh: return body(Tanh<T>(activation));
    case ActivationKind::kSoftplus: return activation.parameters[0] == 1.0 ? body(Softplus<T, true>(activation)) : body(Softplus<T, false>(activation));
    case ActivationKind::kRelu: return body(LeakyRelu<T>(activation));
    case ActivationKind::kLeakyRelu: return body(LeakyRelu<T>(activation));
    case ActivationKind::kSquaredRelu: return body(SquaredRelu<T>(activation));
    case ActivationKind::kQuadratic: return body(Quadratic<T>(activation));
    case ActivationKind::kLinear: return body(Linear<T>(activation));
    case ActivationKind::kErf: return body(ScaledErf<T>(activation));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_ACTIVATIONS_INL_H_
