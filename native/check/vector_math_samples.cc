#include "check/vector_math_samples.h"

#include <algorithm>

#include "check/exact.h"
#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "check/vector_math_samples.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/losses-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

V LoadPart(std::span<const double> in, size_t i) {
  double part[kLanes] = {};
  std::copy_n(in.data() + i, std::min(kLanes, in.size() - i), part);
  return hn::LoadU(kD, part);
}

void StorePart(V x, std::span<double> out, size_t i) {
  double part[kLanes];
  hn::StoreU(x, kD, part);
  std::copy_n(part, std::min(kLanes, out.size() - i), out.data() + i);
}

V Value(check::Function function, V x) {
  switch (function) {
    case check::Function::kExp: return ExpBounded(x);
    case check::Function::kLog: return Log(x);
    case check::Function::kLog1pUnit: return Log1pUnit(x);
    case check::Function::kLog1Minus: return Log1Minus(x);
    case check::Function::kErf: return Erf(x).erf;
    case check::Function::kCosTurn: return CosSinTurn(x).cos;
    case check::Function::kSinTurn: return CosSinTurn(x).sin;
  }
  return x;
}

}  // namespace

void ApplyOfTarget(check::Function function, std::span<const double> in, std::span<double> out) {
  for (size_t i = 0; i < in.size(); i += kLanes) StorePart(Value(function, LoadPart(in, i)), out, i);
}

void ActivationOfTarget(const Activation& activation, std::span<const double> in, std::span<double> value,
                        std::span<double> slope, std::span<double> curvature) {
  WithActivation(activation, [&](const auto& act) {
    for (size_t i = 0; i < in.size(); i += kLanes) {
      const ValueSlopeCurvature<double> at = act.Curved(LoadPart(in, i));
      const ValueSlope<double> simple = act.At(LoadPart(in, i));
      StorePart(simple.value, value, i);
      StorePart(simple.slope, slope, i);
      StorePart(at.curvature, curvature, i);
    }
  });
}

ExactValues ExactActivationOfTarget(const Activation& activation, long double z) {
  ExactValues exact = {};
  WithActivation(activation, [&](const auto& act) { exact = act.Exact(activation, z); });
  return exact;
}

ExactValues ExactLossOfTarget(Loss loss, long double f, long double y) {
  ExactValues exact = {};
  WithLoss(loss, [&](const auto& functor) { exact = functor.Exact(f, y); });
  return exact;
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(ApplyOfTarget);
HWY_EXPORT(ActivationOfTarget);
HWY_EXPORT(ExactActivationOfTarget);
HWY_EXPORT(ExactLossOfTarget);

ExactValues check::ExactActivation(const Activation& activation, long double z) {
  return HWY_DYNAMIC_DISPATCH(ExactActivationOfTarget)(activation, z);
}

ExactValues check::ExactLoss(Loss loss, long double f, long double y) {
  return HWY_DYNAMIC_DISPATCH(ExactLossOfTarget)(loss, f, y);
}

void check::Apply(Function function, std::span<const double> in, std::span<double> out) {
  HWY_DYNAMIC_DISPATCH(ApplyOfTarget)(function, in, out);
}

void check::ApplyActivation(const Activation& activation, std::span<const double> in, std::span<double> value,
                            std::span<double> slope, std::span<double> curvature) {
  HWY_DYNAMIC_DISPATCH(ActivationOfTarget)(activation, in, value, slope, curvature);
}

}  // namespace basin
#endif  // HWY_ONCE
