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

// The gradient in u is otherAlpha u + beta w.
struct PairSlope {
  V value;
  V alpha;
  V otherAlpha;
  V beta;
};

// A row with itself: the value, and the factor of w in the gradient of k(w, w) / 2.
struct SelfSlope {
  V value;
  V slope;
};

inline constexpr double kPi = 3.141592653589793;

// The angle of a cosine x in [-1, 1], and its sine.
struct PairAngle {
  V cos;
  V sin;
  V angle;
};
HWY_INLINE PairAngle AngleOf(V x) {
  const V cos = AtLeast(AtMost(x, 1.0), -1.0);
  const V size = hn::Abs(cos);
  const V sin = hn::Sqrt(hn::Mul(hn::Sub(Splat(1.0), size), hn::Add(Splat(1.0), size)));
  // acos(s) / sqrt(1 - s^2) for s in [0, 1], in powers of 2s - 1: Chebyshev coefficients to degree 22, in 50 digits.
  // Even and odd powers are two chains, which run at the same time.
  const V t = hn::MulSub(size, Splat(2.0), Splat(1.0));
  const V square = hn::Mul(t, t);
  const V even = Horner(square, 1.2091995761561452, 0.06973319205204846, 0.005861628974895889, 0.000544773989092726, 5.30736955302052e-05, 5.314323123103518e-06, 5.417536603572162e-07, 5.595267960079909e-08, 5.798810603478769e-09, 6.427144734876462e-10, 4.5380132200044075e-11, 1.3367524066992617e-11);
  const V odd = Horner(square, -0.26360014128128495, -0.019837146922478774, -0.0017729284611099334, -0.00016930994739062122, -1.6749143247281873e-05, -1.693639120851007e-06, -1.7388548997694832e-07, -1.7964789574344403e-08, -1.966661891855127e-09, -1.4602825315849918e-10, -3.984620360291936e-11);
  const V ratio = hn::MulAdd(t, odd, even);
  const V acute = hn::Mul(sin, ratio);
  return {cos, sin, hn::IfThenElse(hn::Lt(cos, hn::Zero(kD)), hn::Sub(Splat(kPi), acute), acute)};
}

// The norm of a row and its inverse, which is 0 for a row of norm 0.
HWY_INLINE PairRow NormOf(V square) {
  const V norm = hn::Sqrt(square);
  return {norm, hn::IfThenZeroElse(hn::Eq(norm, hn::Zero(kD)), hn::Div(Splat(1.0), norm))};
}

// z for z > 0, else leak z.
class LeakyReluPair {
 public:
  explicit LeakyReluPair(const double (&parameters)[2])
      : both_((1.0 + parameters[0] * parameters[0]) / (2.0 * kPi)),
        crossed_(2.0 * parameters[0] / (2.0 * kPi)),
        bend_((1.0 - parameters[0]) * (1.0 - parameters[0]) / (2.0 * kPi)) {}

  PairRow Row(V square) const { return NormOf(square); }

  PairSlope Pair(PairRow w, PairRow u, V product) const {
    const PairAngle a = AngleOf(hn::Mul(product, hn::Mul(w.inverse, u.inverse)));
    const V beta = hn::MulAdd(Splat(both_), hn::Sub(Splat(kPi), a.angle), hn::Mul(Splat(crossed_), a.angle));
    const V bent = hn::Mul(Splat(bend_), a.sin);
    const V value = hn::Mul(hn::Mul(w.root, u.root), hn::MulAdd(beta, a.cos, bent));
    return {value, hn::Mul(bent, hn::Mul(u.root, w.inverse)), hn::Mul(bent, hn::Mul(w.root, u.inverse)), beta};
  }

  SelfSlope Self(V square) const {
    const V slope = Splat(both_ * kPi);
    return {hn::Mul(slope, square), slope};
  }

 private:
  double both_;
  double crossed_;
  double bend_;
};

// max(z, 0)^2.
class SquaredReluPair {
 public:
  explicit SquaredReluPair(const double (&)[2]) {}

  PairRow Row(V square) const { return NormOf(square); }

  PairSlope Pair(PairRow w, PairRow u, V product) const {
    const PairAngle a = AngleOf(hn::Mul(product, hn::Mul(w.inverse, u.inverse)));
    const V rest = hn::Sub(Splat(kPi), a.angle);
    const V norms = hn::Mul(w.root, u.root);
    const V first = hn::MulAdd(rest, a.cos, a.sin);
    const V own = hn::Mul(Splat(1.0 / kPi), hn::MulAdd(a.sin, a.cos, rest));
    const V value = hn::MulAdd(hn::Add(a.cos, a.cos), first, hn::MulAdd(a.sin, a.cos, rest));
    return {hn::Mul(Splat(0.5 / kPi), hn::Mul(hn::Mul(norms, norms), value)), hn::Mul(hn::Mul(u.root, u.root), own),
            hn::Mul(hn::Mul(w.root, w.root), own), hn::Mul(Splat(2.0 / kPi), hn::Mul(norms, first))};
  }

  SelfSlope Self(V square) const {
    return {hn::Mul(Splat(1.5), hn::Mul(square, square)), hn::Mul(Splat(3.0), square)};
  }
};

// A erf(q z). With t = 2q^2 the root of a row is sqrt(1 + t |w|^2).
class ErfPair {
 public:
  explicit ErfPair(const double (&parameters)[2])
      : t_(2.0 * parameters[1] * parameters[1]), factor_(2.0 * parameters[0] * parameters[0] / kPi) {}

  PairRow Row(V square) const {
    const V root = hn::Sqrt(hn::MulAdd(Splat(t_), square, Splat(1.0)));
    return {root, hn::Div(Splat(1.0), root)};
  }

  PairSlope Pair(PairRow w, PairRow u, V product) const {
    const V inverse = hn::Mul(w.inverse, u.inverse);
    const V scaled = hn::Mul(Splat(t_), product);
    const PairAngle a = AngleOf(hn::Mul(scaled, inverse));
    const V beta = hn::Div(hn::Mul(Splat(factor_ * t_), inverse), a.sin);
    const V bent = hn::Neg(hn::Mul(beta, scaled));
    return {hn::Mul(Splat(factor_), hn::Sub(Splat(kPi / 2), a.angle)), hn::Mul(bent, hn::Mul(w.inverse, w.inverse)),
            hn::Mul(bent, hn::Mul(u.inverse, u.inverse)), beta};
  }

  SelfSlope Self(V square) const {
    const PairRow row = Row(square);
    const PairSlope pair = Pair(row, row, square);
    return {pair.value, hn::Add(pair.alpha, pair.beta)};
  }

 private:
  double t_;
  double factor_;
};

// z^2; the root of a row is its squared norm.
class QuadraticPair {
 public:
  explicit QuadraticPair(const double (&)[2]) {}

  PairRow Row(V square) const { return {square, square}; }

  PairSlope Pair(PairRow w, PairRow u, V product) const {
    const V twice = hn::Add(product, product);
    return {hn::MulAdd(w.root, u.root, hn::Mul(twice, product)), hn::Add(u.root, u.root), hn::Add(w.root, w.root),
            hn::Add(twice, twice)};
  }

  SelfSlope Self(V square) const {
    return {hn::Mul(Splat(3.0), hn::Mul(square, square)), hn::Mul(Splat(6.0), square)};
  }
};

class LinearPair {
 public:
  explicit LinearPair(const double (&)[2]) {}

  PairRow Row(V square) const { return {square, square}; }
  PairSlope Pair(PairRow, PairRow, V product) const { return {product, Zero(), Zero(), Splat(1.0)}; }
  SelfSlope Self(V square) const { return {square, Splat(1.0)}; }
};

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#endif  // BASIN_KERNELS_PAIRS_INL_H_
