// Errors in units in the last place, relative to the same function in long double.
#include "check/check.h"
#include "check/exact.h"
#include "check/vector_math_samples.h"

#include <cmath>
#include <functional>
#include <limits>

namespace basin::check {
namespace {

constexpr size_t kSamples = 40001;

// Error in units in the last place. `spread` is the additional error that the rounding of the argument causes.
double UlpError(double got, long double exact, long double spread = 0) {
  const double nearest = static_cast<double>(exact);
  const double magnitude = std::max(std::fabs(nearest), std::numeric_limits<double>::min());
  const double ulp = std::nextafter(magnitude, INFINITY) - magnitude;
  return static_cast<double>(std::fabs(static_cast<long double>(got) - exact) / (ulp + spread));
}

std::vector<double> Between(double low, double high) {
  std::vector<double> points(kSamples);
  for (size_t i = 0; i < kSamples; ++i) {
    points[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(kSamples - 1);
  }
  return points;
}

// Points with evenly spaced logarithms; with `bothSigns` their signs alternate.
std::vector<double> Logarithmic(double low, double high, bool bothSigns) {
  std::vector<double> points = Between(std::log(low), std::log(high));
  for (size_t i = 0; i < points.size(); ++i) points[i] = (bothSigns && i % 2 ? -1.0 : 1.0) * std::exp(points[i]);
  return points;
}

using Exact = std::function<long double(long double)>;

// The change of f(x) when x changes by half a unit in the last place. Near a zero of f (for example of the slope of
// swish at its minimum) no code can be more accurate.
long double Spread(const Exact& exact, double x) {
  const long double step = 1e-7L;
  const long double change = std::fabs(exact(x * (1 + step)) - exact(x * (1 - step)));
  return std::isfinite(change) ? change / (2 * step) * std::numeric_limits<double>::epsilon() / 2 : 0;
}

void ExpectWithin(const std::string& name, double limit, std::span<const double> points, std::span<const double> got,
                  const Exact& exact, bool spread = false) {
  double worst = 0.0;
  double where = 0.0;
  for (size_t i = 0; i < points.size(); ++i) {
    const double error = UlpError(got[i], exact(points[i]), spread ? Spread(exact, points[i]) : 0);
    if (error > worst || std::isnan(error)) {
      worst = error;
      where = points[i];
    }
  }
  if (std::getenv("BASIN_CHECK_VERBOSE") != nullptr) std::printf("%-40s %6.2f ulp at %.17g\n", name.c_str(), worst, where);
  Expect(worst <= limit, name + ": " + std::to_string(worst) + " ulp at " + std::to_string(where));
}

void CheckFunction(const std::string& name, Function function, double limit, const std::vector<double>& points,
                   const Exact& exact) {
  std::vector<double> got(points.size());
  Apply(function, points, got);
  ExpectWithin(name, limit, points, got, exact);
}

void CheckFunctions(const std::string& target) {
  const auto log = [](long double x) { return std::log(x); };
  const auto log1p = [](long double x) { return std::log1p(x); };
  const auto erf = [](long double x) { return std::erf(x); };
  CheckFunction(target + " exp", Function::kExp, 1.1, Between(-708, 708), [](long double x) { return std::exp(x); });
  CheckFunction(target + " exp near 0", Function::kExp, 1.1, Between(-1, 1), [](long double x) { return std::exp(x); });
  CheckFunction(target + " log", Function::kLog, 1.5, Logarithmic(1e-300, 1e300, false), log);
  CheckFunction(target + " log near 1", Function::kLog, 1.5, Between(0.5, 2), log);
  CheckFunction(target + " log1p", Function::kLog1pUnit, 2.0, Between(0, 1), log1p);
  CheckFunction(target + " log1p near 0", Function::kLog1pUnit, 2.0, Logarithmic(1e-300, 1, false), log1p);
  CheckFunction(target + " log(1-p)", Function::kLog1Minus, 2.0, Logarithmic(1e-15, 0.999, false),
                [](long double p) { return std::log1p(-p); });
  CheckFunction(target + " erf", Function::kErf, 2.0, Between(-7, 7), erf);
  CheckFunction(target + " erf near 0", Function::kErf, 2.0, Logarithmic(1e-300, 1, true), erf);
}

// Near a zero of cosine or sine the rounding of the argument dominates, so errors are absolute, at scale 1.
void CheckTurns(const std::string& target) {
  const std::vector<double> turns = Between(0, 1);
  std::vector<double> cos(turns.size());
  std::vector<double> sin(turns.size());
  Apply(Function::kCosTurn, turns, cos);
  Apply(Function::kSinTurn, turns, sin);
  constexpr long double kTwoPi = 6.283185307179586476925286766559L;
  long double worst = 0.0L;
  for (size_t i = 0; i < turns.size(); ++i) {
    worst = std::max(worst, std::fabs(cos[i] - std::cos(kTwoPi * turns[i])));
    worst = std::max(worst, std::fabs(sin[i] - std::sin(kTwoPi * turns[i])));
  }
  Expect(worst < 2e-16L, target + " cos, sin of a turn: " + std::to_string(static_cast<double>(worst)));
}

void CheckActivation(const std::string& target, const Activation& activation) {
  const std::string name = target + " activation " + std::to_string(static_cast<int>(activation.kind));
  // The range is wide enough for both tails, but not so wide that the exact derivative is subnormal.
  const bool erf = activation.kind == ActivationKind::kErf;
  const double b = erf ? 20.0 : 300.0 / std::max(activation.parameters[0], 1.0);
  for (const std::vector<double>& z : {Between(-b, b), Between(-2, 2), Logarithmic(1e-200, 1, true)}) {
    std::vector<double> value(z.size());
    std::vector<double> slope(z.size());
    std::vector<double> curvature(z.size());
    ApplyActivation(activation, z, value, slope, curvature);
    // The exponential magnifies the rounding of its exponent: the relative error is |exponent| half units.
    const double largest = std::fabs(z.front());
    const double limit = 10.0 + (erf ? largest * largest : largest * std::max(activation.parameters[0], 1.0));
    ExpectWithin(name + " value", limit, z, value, [&](long double x) { return ExactActivation(activation, x).value; }, true);
    ExpectWithin(name + " slope", limit, z, slope, [&](long double x) { return ExactActivation(activation, x).slope; }, true);
    ExpectWithin(name + " curvature", limit, z, curvature,
                 [&](long double x) { return ExactActivation(activation, x).curvature; }, true);
  }
}

void CheckExtremes(const std::string& target, const Activation& activation) {
  const std::vector<double> z = {1e308, -1e308, INFINITY, -INFINITY, 0.0, std::nan("")};
  std::vector<double> value(z.size());
  std::vector<double> slope(z.size());
  std::vector<double> curvature(z.size());
  ApplyActivation(activation, z, value, slope, curvature);
  const std::string name = target + " extremes of activation " + std::to_string(static_cast<int>(activation.kind));
  for (size_t i = 0; i + 1 < z.size(); ++i) {
    const double exact = static_cast<double>(ExactActivation(activation, z[i]).value);
    const bool same = value[i] == exact || std::fabs(value[i] - exact) < 1e-300 || (std::isnan(value[i]) && std::isnan(exact));
    Expect(same, name + ": value at " + std::to_string(z[i]) + " is " + std::to_string(value[i]));
  }
  Expect(std::isnan(value.back()), name + ": NaN must stay NaN");
}

}  // namespace

void CheckVectorMath(const char* target) {
  CheckFunctions(target);
  CheckTurns(target);
  for (const Activation& activation : AllActivations()) {
    CheckActivation(target, activation);
    CheckExtremes(target, activation);
  }
}

}  // namespace basin::check
