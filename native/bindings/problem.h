#ifndef BASIN_BINDINGS_PROBLEM_H_
#define BASIN_BINDINGS_PROBLEM_H_

#include "args.h"
#include "kernels/geometry.h"

namespace basin {

// Reads the kind or the number of a formula, and two parameters.
Activation ReadActivation(Arguments& args);

// A loss by name, or by formula if that is not null.
struct ChosenLoss {
  Loss loss;
  const Formula* formula;
};
ChosenLoss ReadLoss(Arguments& args);

// Reads the leading arguments of every descent kernel. Labels and loss stay unset.
template <class T = double>
ProblemOf<T> ReadProblem(Arguments& args);

// Reads the (samples) labels and the loss, which is the next argument.
template <class T>
void ReadLabels(Arguments& args, ProblemOf<T>& problem);

// Arrays with the shapes of L points.
struct PointArrays {
  double* weights;
  double* outputWeights;
};
PointArrays ReadPoints(Arguments& args, const Geometry& shape, size_t starts, const char* weights,
                       const char* outputWeights);

}  // namespace basin

#endif  // BASIN_BINDINGS_PROBLEM_H_
