#ifndef BASIN_KERNELS_RISK_H_
#define BASIN_KERNELS_RISK_H_

#include <span>

#include "kernels/geometry.h"
#include "kernels/workspace.h"

namespace basin {

// True if numbers are rounded to floats.
template <class T>
inline constexpr bool kSingle = sizeof(T) < sizeof(double);

template <class T>
struct RiskBuffers {
  T* coefficients;        // (run blocks, group units, kBlock): pre-activations, then l' phi'
  T* values;              // (units, kBlock): phi of one start
  T* lossLanes;           // (starts, lanes)
  T* outputLanes;         // (starts, units, lanes); null without output gradient
  double* unitGradients;  // (starts, units, row length)
  T* labels;              // (kBlock)
  const T** weights;      // (starts): where the weights lie in T
  T* rounded;             // (starts, rows, row length): floats only
  const T** sources;
  T** rows;
  double** sums;
};

// The empirical risk and its gradient at every start of the list:
//   loss = mean l(f, y),  gradient = mean l'(f, y) sum over the row's units of v phi'(a) x,
//   outputGradient = mean l'(f, y) phi(a)  (only if asked for; the same choice for all starts).
// The mean over no samples is zero. A start's bits do not depend on the other starts of the list.
// In floats X, y and W are rounded. The sums of the gradient over runs of blocks are doubles. The loss is a sum of
// floats; cross entropy has no loss in floats (null).
template <class T>
class RiskEvaluatorOf {
 public:
  RiskEvaluatorOf(const Geometry& shape, size_t maxStarts, bool outputGradient, Workspace& workspace);
  void Evaluate(const ProblemOf<T>& problem, std::span<const StartView> starts) const;

 private:
  RiskBuffers<T> buffers_;
};
using RiskEvaluator = RiskEvaluatorOf<double>;

// An upper bound of the loss at every point. It is finite for cross entropy with labels in [0, 1], and infinite
// otherwise.
double LargestLoss(const Problem& problem);

// Loss, gradient and output gradient at L points; all arrays have the shapes of the contract's Evaluation.
struct PointEvaluation {
  size_t starts;
  const double* weights;
  const double* outputWeights;
  double* loss;
  double* gradient;
  double* outputGradient;
};

size_t EvaluationWorkspaceBytes(const Geometry& shape, size_t starts);
void EvaluatePoints(const Problem& problem, const PointEvaluation& points, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_RISK_H_
