#ifndef BASIN_KERNELS_RISK_H_
#define BASIN_KERNELS_RISK_H_

#include <span>

#include "kernels/geometry.h"
#include "kernels/workspace.h"

namespace basin {

// The empirical risk and its gradient at every start of the list:
//   loss = mean l(f, y),  gradient = mean l'(f, y) sum over the row's units of v phi'(a) x,
//   outputGradient = mean l'(f, y) phi(a)  (only where asked for, all starts alike).
// The mean over no samples is zero. A start's bits do not depend on the other starts of the list.
class RiskEvaluator {
 public:
  RiskEvaluator(const Geometry& shape, size_t maxStarts, bool outputGradient, Workspace& workspace);
  void Evaluate(const Problem& problem, std::span<const StartView> starts) const;

  struct Buffers {
    double* coefficients;   // (run blocks, group units, kBlock): pre-activations, then l' phi'
    double* values;         // (units, kBlock): phi of one start; null without output gradient
    double* lossLanes;      // (starts, lanes)
    double* outputLanes;    // (starts, units, lanes); null without output gradient
    double* unitGradients;  // (starts, units, row length)
    double* labels;         // (kBlock)
    const double** sources;
    double** targets;
  };

 private:
  Buffers buffers_;
};

// No loss at any point lies above this; cross entropy of labels in [0, 1] is between 0 and a bound, else it is infinity.
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
