#ifndef BASIN_BINDINGS_PROBLEM_H_
#define BASIN_BINDINGS_PROBLEM_H_

#include "args.h"
#include "kernels/geometry.h"

namespace basin {

// The leading arguments of every descent kernel; labels and loss are left unset.
template <class T = double>
ProblemOf<T> ReadProblem(Arguments& args);

// The (samples) labels and the loss behind them.
template <class T>
void ReadLabels(Arguments& args, ProblemOf<T>& problem);

// L points, or anything of their shapes.
struct PointArrays {
  double* weights;
  double* outputWeights;
};
PointArrays ReadPoints(Arguments& args, const Geometry& shape, size_t starts, const char* weights,
                       const char* outputWeights);

}  // namespace basin

#endif  // BASIN_BINDINGS_PROBLEM_H_
