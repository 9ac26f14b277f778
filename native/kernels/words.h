// The words that are numbers in calls between TypeScript and C++. Each is listed once; enumerations, names, functors
// and the cases of native/check are made from these lists. When the addon is loaded, src/core/kernels/native compares
// its names with those of src/core.
#ifndef BASIN_KERNELS_WORDS_H_
#define BASIN_KERNELS_WORDS_H_

#include <cstdint>

// X(enumerator, name in src/core/networks/activationTable.ts, functor in activations-inl.h, pairs of parameters that native/check tries …)
#define BASIN_ACTIVATIONS(X)                                                 \
  X(Sigmoid, "sigmoid", Sigmoid, {1, 0}, {3, 0})                             \
  X(Tanh, "tanh", Tanh, {0, 0})                                              \
  X(Softplus, "softplus", Softplus, {1, 0}, {10, 0})                         \
  X(Relu, "relu", LeakyRelu, {0, 0})                                         \
  X(LeakyRelu, "leaky-relu", LeakyRelu, {0.01, 0})                           \
  X(SquaredRelu, "squared-relu", SquaredRelu, {0, 0})                        \
  X(Quadratic, "quadratic", Quadratic, {0, 0})                               \
  X(Linear, "linear", Linear, {0, 0})                                        \
  X(Erf, "erf", ScaledErf, {1, 1}, {1.4142135623730951, 0.7071067811865476})

// X(enumerator, name in src/core/networks/lossTable.ts, functor in losses-inl.h)
#define BASIN_LOSSES(X)                \
  X(Squared, "squared", SquaredLoss)   \
  X(CrossEntropy, "cross-entropy", CrossEntropyLoss)

// X(enumerator, name in UPDATE_RULES of src/core/kernels/updates.ts)
#define BASIN_UPDATE_RULES(X) \
  X(Gd, "gd")                 \
  X(Momentum, "momentum")     \
  X(Nesterov, "nesterov")     \
  X(Adam, "adam")

// X(enumerator, name in RunStatus of src/core/kernels/state.ts), in the order of its numbers
#define BASIN_RUN_STATUSES(X) \
  X(Running, "running")       \
  X(Converged, "converged")   \
  X(Diverged, "diverged")     \
  X(Stalled, "stalled")

#define BASIN_ENUMERATOR(enumerator, ...) k##enumerator,
#define BASIN_NAME(enumerator, name, ...) name,

namespace basin {

enum class ActivationKind : int32_t { BASIN_ACTIVATIONS(BASIN_ENUMERATOR) };
inline constexpr const char* kActivationNames[] = {BASIN_ACTIVATIONS(BASIN_NAME)};

enum class Loss : int32_t { BASIN_LOSSES(BASIN_ENUMERATOR) };
inline constexpr const char* kLossNames[] = {BASIN_LOSSES(BASIN_NAME)};

enum class UpdateRule : int32_t { BASIN_UPDATE_RULES(BASIN_ENUMERATOR) };
inline constexpr const char* kUpdateRuleNames[] = {BASIN_UPDATE_RULES(BASIN_NAME)};

enum RunStatus : int32_t { BASIN_RUN_STATUSES(BASIN_ENUMERATOR) };
inline constexpr const char* kRunStatusNames[] = {BASIN_RUN_STATUSES(BASIN_NAME)};

}  // namespace basin

#undef BASIN_ENUMERATOR
#undef BASIN_NAME

#endif  // BASIN_KERNELS_WORDS_H_
