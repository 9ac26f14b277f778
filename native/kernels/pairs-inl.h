// k(w, u) = E[phi(w'x) phi(u'x)] over x ~ N(0, I) and its gradient alpha w + beta u in w, for the activations that have
// closed forms (src/core/risk/pair.ts has the formulas). A lane holds one pair of rows.
#if defined(BASIN_KERNELS_PAIRS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef BASIN_KERNELS_PAIRS_INL_H_
#undef BASIN_KERNELS_PAIRS_INL_H_
#else
#define BASIN_KERNELS_PAIRS_INL_H_
#endif

#include "kernels/vector_math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {

// What a pair needs of each of its rows: a root and its inverse. Their meaning depends on the activation.
struct PairRow {
  V root;
  V inverse;
};

// The gradient in w is alpha w + beta u with alpha = Own(w) Other(u) bend, and that in u is Own(u) Other(w) bend u +
// beta w. Where phi is homogeneous of degree kDegree > 0, the value follows from these, as kDegree k = alpha |w|^2 + beta
// w . u, and is not computed.
struct PairSlope {
  V value;
  V bend;
  V beta;
};

// A row with itself: the value, and the factor of w in the gradient of k(w, w) / 2.
struct SelfSlope {
  V value;
  V slope;
};

inline constexpr double kPi = 3.141592653589793;

// arcsin(size) for size = sqrt(1 - sin^2) in [0, 1], within about one unit in the last place of pi/2. The angle
// pi/2 - arcsin(size), of which both sine and cosine are known, is turned back by the nearest of kAngles angles whose
// sine minus cosine are evenly spaced. What is left is short: sin(angle) = y, arcsin y = y + y z q(z) with z = y^2.
// Chebyshev coefficients, in 50 digits.
#if BASIN_AVX512
inline constexpr size_t kAngles = 8;
alignas(64) inline constexpr double kAngleCosines[8] = {
    1.0, 0.9674288389512522, 0.8881415094326146, 0.7749184144140074,
    0.6320612715568646, 0.459570080861186, 0.25314312466553796, 0.0};
alignas(64) inline constexpr double kAngleSines[8] = {
    0.0, 0.25314312466553796, 0.459570080861186, 0.6320612715568646,
    0.7749184144140074, 0.8881415094326146, 0.9674288389512522, 1.0};
alignas(64) inline constexpr double kArcSines[8] = {
    1.5707963267948966, 1.3148684991729565, 1.0932852549694398, 0.8865860061809967,
    0.6842103206138999, 0.4775110718254567, 0.2559278276219401, 0.0};
HWY_INLINE V ArcSineSeries(V z) {
  return Horner(z, 0.16666666666673163, 0.07499999981878654, 0.044642937912575884, 0.0303693674505941,
                0.02316821730780233);
}
#else
inline constexpr size_t kAngles = 4;
alignas(64) inline constexpr double kAngleCosines[4] = {1.0, 0.8538509376029434, 0.5205176042696101, 0.0};
alignas(64) inline constexpr double kAngleSines[4] = {0.0, 0.5205176042696101, 0.8538509376029434, 1.0};
alignas(64) inline constexpr double kArcSines[4] = {1.5707963267948966, 1.0233392882276566, 0.54745703856724, 0.0};
HWY_INLINE V ArcSineSeries(V z) {
  return Horner(z, 0.16666666666666566, 0.07500000000155138, 0.044642856757403905, 0.030381980828199612,
                0.0223704789475425, 0.01739463968540918, 0.013393419867839733, 0.015495307460328143);
}
#endif

// The entries at index mod kAngles of the tables above.
struct Turn {
  V cos;
  V sin;
  V arc;
};
HWY_INLINE Turn TurnAt(I index) {
  // The lookup of AVX-512 reads three bits of an index; Highway's debug checks require the other bits to be zero.
  constexpr bool kReadsLowBits = BASIN_AVX512 && !HWY_IS_DEBUG_BUILD;
  const I entry = kReadsLowBits ? index : hn::And(index, hn::Set(kI, kAngles - 1));
#if HWY_MAX_BYTES >= 32
  const auto indices = hn::IndicesFromVec(kI, entry);
  const auto at = [&](const double* table) {
    return FromBits(hn::TableLookupLanes(ToBits(hn::Load(kD, table)), indices));
  };
#else
  const auto at = [&](const double* table) { return hn::GatherIndex(kD, table, entry); };
#endif
  return {at(kAngleCosines), at(kAngleSines), at(kArcSines)};
}

// An angle by its cosine in [-1, 1] and its sine. Rounding may bring the cosine out of its range.
struct PairAngle {
  V cos;
  V sin;
};
HWY_INLINE PairAngle AngleOf(V cos) {
  const V size = AtMost(hn::Abs(cos), 1.0);
  return {cos, hn::Sqrt(hn::NegMulAdd(size, size, Splat(1.0)))};
}

// arcsin(cos) = pi/2 - angle.
HWY_INLINE V ArcSine(PairAngle angle) {
  const V size = AtMost(hn::Abs(angle.cos), 1.0);
  const V place = hn::Add(angle.sin, hn::Sub(Splat(1.0), size));  // from 0 to 2
  const Turn turn = TurnAt(ToBits(hn::MulAdd(place, Splat((kAngles - 1) / 2.0), Splat(kRoundingShift))));
  const V y = hn::MulSub(angle.sin, turn.cos, hn::Mul(size, turn.sin));
  const V z = hn::Mul(y, y);
  const V arc = hn::NegMulAdd(hn::Mul(y, z), ArcSineSeries(z), hn::Sub(turn.arc, y));
  return hn::CopySignToAbs(arc, angle.cos);
}

// The norm of a row and its inverse, which is 0 for a row of norm 0.
HWY_INLINE PairRow NormOf(V square) {
  const V norm = hn::Sqrt(square);
  return {norm, hn::IfThenZeroElse(hn::Eq(norm, hn::Zero(kD)), hn::Div(Splat(1.0), norm))};
}

// z for z > 0, else leak z.
class LeakyReluPair {
 public:
  static constexpr int kDegree = 1;

  explicit LeakyReluPair(const double (&parameters)[2])
      : half_((1.0 + parameters[0]) * (1.0 + parameters[0]) / 4.0),
        both_((1.0 + parameters[0] * parameters[0]) / 2.0),
        bend_((1.0 - parameters[0]) * (1.0 - parameters[0]) / (2.0 * kPi)) {}

  PairRow Row(V square) const { return NormOf(square); }
  V Own(PairRow w) const { return w.inverse; }
  V Other(PairRow u) const { return hn::Mul(Splat(bend_), u.root); }

  PairAngle Angle(PairRow w, PairRow u, V product) const {
    return AngleOf(hn::Mul(product, hn::Mul(w.inverse, u.inverse)));
  }
  PairSlope Slope(PairAngle a, PairRow, PairRow, V) const {
    return {Zero(), a.sin, hn::MulAdd(Splat(bend_), ArcSine(a), Splat(half_))};
  }

  SelfSlope Self(V square) const {
    const V slope = Splat(both_);
    return {hn::Mul(slope, square), slope};
  }

 private:
  double half_;
  double both_;
  double bend_;
};

// max(z, 0)^2.
class SquaredReluPair {
 public:
  static constexpr int kDegree = 2;

  explicit SquaredReluPair(const double (&)[2]) {}

  PairRow Row(V square) const { return NormOf(square); }
  V Own(PairRow) const { return Splat(1.0 / kPi); }
  V Other(PairRow u) const { return hn::Mul(u.root, u.root); }

  PairAngle Angle(PairRow w, PairRow u, V product) const {
    return AngleOf(hn::Mul(product, hn::Mul(w.inverse, u.inverse)));
  }
  PairSlope Slope(PairAngle a, PairRow w, PairRow u, V) const {
    const V rest = hn::Add(Splat(kPi / 2), ArcSine(a));
    const V norms = hn::Mul(Splat(2.0 / kPi), hn::Mul(w.root, u.root));
    return {Zero(), hn::MulAdd(a.sin, a.cos, rest), hn::Mul(norms, hn::MulAdd(rest, a.cos, a.sin))};
  }

  SelfSlope Self(V square) const {
    return {hn::Mul(Splat(1.5), hn::Mul(square, square)), hn::Mul(Splat(3.0), square)};
  }
};

// A erf(q z). With t = 2q^2 the root of a row is sqrt(1 + t |w|^2).
class ErfPair {
 public:
  static constexpr int kDegree = 0;

  explicit ErfPair(const double (&parameters)[2])
      : t_(2.0 * parameters[1] * parameters[1]), factor_(2.0 * parameters[0] * parameters[0] / kPi) {}

  PairRow Row(V square) const {
    const V root = hn::Sqrt(hn::MulAdd(Splat(t_), square, Splat(1.0)));
    return {root, hn::Div(Splat(1.0), root)};
  }

  V Own(PairRow w) const { return hn::Mul(w.inverse, w.inverse); }
  V Other(PairRow) const { return Splat(1.0); }

  PairAngle Angle(PairRow w, PairRow u, V product) const {
    return AngleOf(hn::Mul(hn::Mul(Splat(t_), product), hn::Mul(w.inverse, u.inverse)));
  }
  PairSlope Slope(PairAngle a, PairRow w, PairRow u, V product) const {
    const V beta = hn::Div(hn::Mul(Splat(factor_ * t_), hn::Mul(w.inverse, u.inverse)), a.sin);
    return {hn::Mul(Splat(factor_), ArcSine(a)), hn::Neg(hn::Mul(beta, hn::Mul(Splat(t_), product))), beta};
  }

  SelfSlope Self(V square) const {
    const PairRow row = Row(square);
    const PairSlope pair = Slope(Angle(row, row, square), row, row, square);
    return {pair.value, hn::MulAdd(Own(row), pair.bend, pair.beta)};
  }

 private:
  double t_;
  double factor_;
};

// z^2; the root of a row is its squared norm.
class QuadraticPair {
 public:
  static constexpr int kDegree = 2;

  explicit QuadraticPair(const double (&)[2]) {}

  PairRow Row(V square) const { return {square, square}; }
  V Own(PairRow) const { return Splat(2.0); }
  V Other(PairRow u) const { return u.root; }

  PairAngle Angle(PairRow, PairRow, V) const { return {Zero(), Zero()}; }
  PairSlope Slope(PairAngle, PairRow, PairRow, V product) const {
    return {Zero(), Splat(1.0), hn::Mul(Splat(4.0), product)};
  }

  SelfSlope Self(V square) const {
    return {hn::Mul(Splat(3.0), hn::Mul(square, square)), hn::Mul(Splat(6.0), square)};
  }
};

class LinearPair {
 public:
  static constexpr int kDegree = 1;

  explicit LinearPair(const double (&)[2]) {}

  PairRow Row(V square) const { return {square, square}; }
  V Own(PairRow) const { return Zero(); }
  V Other(PairRow) const { return Zero(); }
  PairAngle Angle(PairRow, PairRow, V) const { return {Zero(), Zero()}; }
  PairSlope Slope(PairAngle, PairRow, PairRow, V) const { return {Zero(), Zero(), Splat(1.0)}; }
  SelfSlope Self(V square) const { return {square, Splat(1.0)}; }
};

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_PAIRS_INL_H_
