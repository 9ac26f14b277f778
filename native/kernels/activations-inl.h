// One functor per activation: At(z) gives the value and the slope, Curved(z) the second derivative too.
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

struct ValueSlope {
  V value;
  V slope;
};
struct ValueSlopeCurvature {
  V value;
  V slope;
  V curvature;
};

// 1/(1 + e^(-bz)). No branch on the sign of z: e^(-bz) cannot overflow inside the bound, and e/(1+e)^2 is taken as
// (e q) q with q = 1/(1+e), which keeps its digits on both sides.
template <bool kUnit>
struct Sigmoid {
  V b;
  V minusB;
  explicit Sigmoid(const Activation& a) : b(Splat(a.parameters[0])), minusB(Splat(-a.parameters[0])) {}

  HWY_INLINE ValueSlope At(V z) const {
    const V e = ExpBounded(WithinExpBound(kUnit ? hn::Neg(z) : hn::Mul(minusB, z)));
    const V q = hn::Div(Splat(1.0), hn::Add(Splat(1.0), e));
    return {q, hn::Mul(kUnit ? q : hn::Mul(b, q), hn::Mul(e, q))};
  }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const {
    const Exponentials e = ExpWithMinusOne(WithinExpBound(hn::Neg(hn::Mul(b, z))));
    const V q = hn::Div(Splat(1.0), hn::Add(Splat(1.0), e.value));
    const V slope = hn::Mul(hn::Mul(b, q), hn::Mul(e.value, q));
    return {q, slope, hn::Mul(hn::Mul(b, slope), hn::Mul(e.minusOne, q))};
  }
};

struct Tanh {
  explicit Tanh(const Activation&) {}

  HWY_INLINE ValueSlope At(V z) const {
    const Exponentials e = ExpWithMinusOne(hn::Neg(AtMost(hn::Abs(hn::Add(z, z)), kExpBound)));
    const V q = hn::Div(Splat(1.0), hn::Add(Splat(2.0), e.minusOne));
    const V value = hn::CopySign(hn::Mul(e.minusOne, q), z);
    return {value, hn::Mul(hn::Mul(Splat(4.0), q), hn::Mul(e.value, q))};
  }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const {
    const ValueSlope at = At(z);
    return {at.value, at.slope, hn::Mul(Splat(-2.0), hn::Mul(at.value, at.slope))};
  }
};

// (1/b) log(1 + e^(bz)); its derivative is the sigmoid.
template <bool kUnit>
struct Softplus {
  V b;
  V inverseB;
  explicit Softplus(const Activation& a) : b(Splat(a.parameters[0])), inverseB(Splat(1.0 / a.parameters[0])) {}

  HWY_INLINE ValueSlope At(V z) const {
    const ValueSlopeCurvature at = Curved(z);
    return {at.value, at.slope};
  }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const {
    const V e = ExpBounded(AtLeast(hn::Neg(hn::Abs(kUnit ? z : hn::Mul(b, z))), -kExpBound));
    const V q = hn::Div(Splat(1.0), hn::Add(Splat(1.0), e));
    const V log = Log1pUnit(e);
    const V value = kUnit ? hn::Add(log, AtLeast(z, 0.0)) : hn::MulAdd(log, inverseB, AtLeast(z, 0.0));
    const V tail = hn::Mul(e, q);
    return {value, hn::IfThenElse(hn::Lt(z, hn::Zero(kD)), tail, q), hn::Mul(hn::Mul(b, q), tail)};
  }
};

// z for z > 0, a z otherwise; ReLU is a = 0.
struct LeakyRelu {
  V a;
  explicit LeakyRelu(const Activation& activation)
      : a(Splat(activation.kind == ActivationKind::kRelu ? 0.0 : activation.parameters[0])) {}

  HWY_INLINE ValueSlope At(V z) const {
    const V slope = hn::IfThenElse(hn::Gt(z, hn::Zero(kD)), Splat(1.0), a);
    return {hn::Mul(slope, z), slope};
  }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const {
    const ValueSlope at = At(z);
    return {at.value, at.slope, hn::Zero(kD)};
  }
};

struct SquaredRelu {
  explicit SquaredRelu(const Activation&) {}

  HWY_INLINE ValueSlope At(V z) const {
    const V positive = AtLeast(z, 0.0);
    return {hn::Mul(positive, positive), hn::Add(positive, positive)};
  }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const {
    const ValueSlope at = At(z);
    return {at.value, at.slope, hn::IfThenElseZero(hn::Gt(z, hn::Zero(kD)), Splat(2.0))};
  }
};

struct Quadratic {
  explicit Quadratic(const Activation&) {}

  HWY_INLINE ValueSlope At(V z) const { return {hn::Mul(z, z), hn::Add(z, z)}; }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const { return {hn::Mul(z, z), hn::Add(z, z), Splat(2.0)}; }
};

struct Linear {
  explicit Linear(const Activation&) {}

  HWY_INLINE ValueSlope At(V z) const { return {z, Splat(1.0)}; }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const { return {z, Splat(1.0), hn::Zero(kD)}; }
};

// A erf(c z) with parameters (A, c).
struct ScaledErf {
  V amplitude;
  V rate;
  V slopeAtZero;
  V curvatureFactor;
  explicit ScaledErf(const Activation& a)
      : amplitude(Splat(a.parameters[0])),
        rate(Splat(a.parameters[1])),
        slopeAtZero(Splat(a.parameters[0] * a.parameters[1] * 1.1283791670955126)),
        curvatureFactor(Splat(-2.0 * a.parameters[1] * a.parameters[1])) {}

  HWY_INLINE ValueSlope At(V z) const {
    const ErrorFunction e = Erf(hn::Mul(rate, z));
    return {hn::Mul(amplitude, e.erf), hn::Mul(slopeAtZero, e.gauss)};
  }
  HWY_INLINE ValueSlopeCurvature Curved(V z) const {
    const ValueSlope at = At(z);
    return {at.value, at.slope, hn::Mul(hn::Mul(curvatureFactor, z), at.slope)};
  }
};

// Calls body(functor) with the functor of `activation`: one switch per block of samples, none per element.
template <class Body>
HWY_INLINE void WithActivation(const Activation& activation, const Body& body) {
  switch (activation.kind) {
    case ActivationKind::kSigmoid: return activation.parameters[0] == 1.0 ? body(Sigmoid<true>(activation)) : body(Sigmoid<false>(activation));
    case ActivationKind::kTanh: return body(Tanh(activation));
    case ActivationKind::kSoftplus: return activation.parameters[0] == 1.0 ? body(Softplus<true>(activation)) : body(Softplus<false>(activation));
    case ActivationKind::kRelu: return body(LeakyRelu(activation));
    case ActivationKind::kLeakyRelu: return body(LeakyRelu(activation));
    case ActivationKind::kSquaredRelu: return body(SquaredRelu(activation));
    case ActivationKind::kQuadratic: return body(Quadratic(activation));
    case ActivationKind::kLinear: return body(Linear(activation));
    case ActivationKind::kErf: return body(ScaledErf(activation));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_ACTIVATIONS_INL_H_
