// How gradients become steps (src/core/kernels/updates.ts): the rules of every descent and the state they keep.
#ifndef BASIN_KERNELS_UPDATES_H_
#define BASIN_KERNELS_UPDATES_H_

#include <cstddef>
#include <cstdint>

#include "kernels/words.h"

namespace basin {

// Running sums of the gradients of some starts. Gradient descent has none.
struct Moments {
  double* first = nullptr;
  double* second = nullptr;

  Moments From(size_t offset) const { return first == nullptr ? Moments{} : Moments{first + offset, second + offset}; }
};

struct Updates {
  UpdateRule rule = UpdateRule::kGd;
  double momentum = 0.0;
  const double* factors = nullptr;  // factors[t - firstFactor] multiplies the step size of update t; null: 1
  size_t firstFactor = 0;
  Moments moments = {};  // (L, variables of a start: W, then v if it is trained)

  bool HasMoments() const { return moments.first != nullptr; }
  // The factor on the step size of a start that has made this many updates.
  double Factor(int32_t made) const { return factors == nullptr ? 1.0 : factors[static_cast<size_t>(made) - firstFactor]; }
};

// Replaces `count` gradients of each of `lanes` starts by the directions of their steps, and advances the moments.
// Number i of start j lies at i * lanes + j. made[j] is the number of updates that start j has made.
void Turn(const Updates& updates, const Moments& moments, const double* made, size_t lanes, size_t count,
          double* gradients);

}  // namespace basin

#endif  // BASIN_KERNELS_UPDATES_H_
