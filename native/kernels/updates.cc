#include "kernels/updates.h"

#include <cmath>

#include "kernels/geometry.h"

namespace basin {
namespace {

constexpr double kFirstDecay = 0.9;
constexpr double kSecondDecay = 0.999;
constexpr double kFloor = 1e-8;

// Heavy ball (Polyak 1964): u = beta u + g is the direction.
void TurnByMomentum(double beta, double* velocity, size_t count, double* gradients) {
  for (size_t i = 0; i < count; ++i) {
    velocity[i] = beta * velocity[i] + gradients[i];
    gradients[i] = velocity[i];
  }
}

// Nesterov (1983) at the points where gradients are taken: g + beta u with the same u.
void TurnByNesterov(double beta, double* velocity, size_t count, double* gradients) {
  for (size_t i = 0; i < count; ++i) {
    velocity[i] = beta * velocity[i] + gradients[i];
    gradients[i] = gradients[i] + beta * velocity[i];
  }
}

// Kingma and Ba (2015), Algorithm 1. The powers of the decays follow from the number of updates, so they need no state.
void TurnByAdam(const Moments& moments, const double* made, size_t lanes, size_t count, double* gradients) {
  double firstBias[kMaxLanes];
  double secondBias[kMaxLanes];
  for (size_t lane = 0; lane < lanes; ++lane) {
    firstBias[lane] = 1.0 - std::pow(kFirstDecay, made[lane] + 1.0);
    secondBias[lane] = 1.0 - std::pow(kSecondDecay, made[lane] + 1.0);
  }
  for (size_t i = 0; i < count; ++i) {
    for (size_t lane = 0; lane < lanes; ++lane) {
      double& first = moments.first[i * lanes + lane];
      double& second = moments.second[i * lanes + lane];
      double& gradient = gradients[i * lanes + lane];
      first = kFirstDecay * first + (1.0 - kFirstDecay) * gradient;
      second = kSecondDecay * second + (1.0 - kSecondDecay) * gradient * gradient;
      gradient = first / firstBias[lane] / (std::sqrt(second / secondBias[lane]) + kFloor);
    }
  }
}

}  // namespace

void Turn(const Updates& updates, const Moments& moments, const double* made, size_t lanes, size_t count,
          double* gradients) {
  switch (updates.rule) {
    case UpdateRule::kGd: return;
    case UpdateRule::kMomentum: return TurnByMomentum(updates.momentum, moments.first, lanes * count, gradients);
    case UpdateRule::kNesterov: return TurnByNesterov(updates.momentum, moments.first, lanes * count, gradients);
    case UpdateRule::kAdam: return TurnByAdam(moments, made, lanes, count, gradients);
  }
}

}  // namespace basin
