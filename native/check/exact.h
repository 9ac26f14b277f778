// Every activation and loss of kernels/words.h with its exact values in long double: the oracle of native/check.
#ifndef BASIN_CHECK_EXACT_H_
#define BASIN_CHECK_EXACT_H_

#include <vector>

#include "kernels/geometry.h"

namespace basin::check {

struct Parameters {
  double first;
  double second;
};

inline std::vector<Activation> AllActivations() {
  std::vector<Activation> all;
  const auto add = [&](ActivationKind kind, const std::vector<Parameters>& tried) {
    for (const Parameters& parameters : tried) all.push_back({kind, {parameters.first, parameters.second}});
  };
#define BASIN_ADD(enumerator, name, functor, ...) add(ActivationKind::k##enumerator, {__VA_ARGS__});
  BASIN_ACTIVATIONS(BASIN_ADD)
#undef BASIN_ADD
  return all;
}

inline std::vector<Loss> AllLosses() {
#define BASIN_LISTED(enumerator, ...) Loss::k##enumerator,
  return {BASIN_LOSSES(BASIN_LISTED)};
#undef BASIN_LISTED
}

inline std::vector<UpdateRule> AllUpdateRules() {
#define BASIN_LISTED(enumerator, ...) UpdateRule::k##enumerator,
  return {BASIN_UPDATE_RULES(BASIN_LISTED)};
#undef BASIN_LISTED
}

// φ, φ′, φ″ at z; and the loss at an output f with its derivatives in f. Both use the Exact functions of the functors.
ExactValues ExactActivation(const Activation& activation, long double z);
ExactValues ExactLoss(Loss loss, long double f, long double y);

}  // namespace basin::check

#endif  // BASIN_CHECK_EXACT_H_
