// Formulas in long double, written like the definitions: the oracle of native/check.
#ifndef BASIN_CHECK_EXACT_H_
#define BASIN_CHECK_EXACT_H_

#include <cmath>
#include <vector>

#include "kernels/geometry.h"

namespace basin::check {

struct ExactValues {
  long double value;
  long double slope;
  long double curvature;
};

inline std::vector<Activation> AllActivations() {
  return {{ActivationKind::kSigmoid, {1, 0}},       {ActivationKind::kSigmoid, {3, 0}},
          {ActivationKind::kTanh, {0, 0}},          {ActivationKind::kSoftplus, {1, 0}},
          {ActivationKind::kSoftplus, {10, 0}},     {ActivationKind::kRelu, {0, 0}},
          {ActivationKind::kLeakyRelu, {0.01, 0}},  {ActivationKind::kSquaredRelu, {0, 0}},
          {ActivationKind::kQuadratic, {0, 0}},     {ActivationKind::kLinear, {0, 0}},
          {ActivationKind::kErf, {1, 1}},           {ActivationKind::kErf, {1.4142135623730951, 0.7071067811865476}}};
}

inline ExactValues ExactSigmoid(long double b, long double z) {
  const long double e = std::exp(-std::fabs(b * z));
  const long double slope = e / ((1 + e) * (1 + e));
  const long double value = z >= 0 ? 1 / (1 + e) : e / (1 + e);
  return {value, b * slope, -b * b * slope * std::tanh(b * z / 2)};
}

inline ExactValues ExactActivation(const Activation& activation, long double z) {
  const long double a = activation.parameters[0];
  const long double c = activation.parameters[1];
  const bool positive = z > 0;
  switch (activation.kind) {
    case ActivationKind::kSigmoid: return ExactSigmoid(a, z);
    case ActivationKind::kTanh: {
      const long double e = std::exp(-2 * std::fabs(z));
      const long double slope = 4 * e / ((1 + e) * (1 + e));
      return {std::tanh(z), slope, -2 * std::tanh(z) * slope};
    }
    case ActivationKind::kSoftplus: {
      const ExactValues sigmoid = ExactSigmoid(a, z);
      return {(positive ? z : 0) + std::log1p(std::exp(-std::fabs(a * z))) / a, sigmoid.value, sigmoid.slope};
    }
    case ActivationKind::kRelu: return {positive ? z : 0 * z, positive ? 1.0L : 0.0L, 0};
    case ActivationKind::kLeakyRelu: return {positive ? z : a * z, positive ? 1.0L : a, 0};
    case ActivationKind::kSquaredRelu: return {positive ? z * z : 0, positive ? 2 * z : 0, positive ? 2.0L : 0.0L};
    case ActivationKind::kQuadratic: return {z * z, 2 * z, 2};
    case ActivationKind::kLinear: return {z, 1, 0};
    case ActivationKind::kErf: {
      const long double slope = a * c * 1.12837916709551257389615890312154517L * std::exp(-c * c * z * z);
      return {a * std::erf(c * z), slope, -2 * c * c * z * slope};
    }
  }
  return {z, 1, 0};
}

struct ExactLoss {
  long double value;
  long double slope;
  long double curvature;
};

inline ExactLoss ExactLossOf(Loss loss, long double f, long double y) {
  if (loss == Loss::kSquared) return {(f - y) * (f - y) / 2, f - y, 1};
  const long double clip = 1e-15;
  const long double p = std::fmin(std::fmax(f, clip), static_cast<long double>(1.0 - 1e-15));
  return {-y * std::log(p) - (1 - y) * std::log1p(-p), (p - y) / (p * (1 - p)), y / (p * p) + (1 - y) / ((1 - p) * (1 - p))};
}

}  // namespace basin::check

#endif  // BASIN_CHECK_EXACT_H_
