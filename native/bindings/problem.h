#ifndef BASIN_BINDINGS_PROBLEM_H_
#define BASIN_BINDINGS_PROBLEM_H_

#include "args.h"
#include "kernels/geometry.h"

namespace basin {

// The leading arguments of every descent kernel; labels and loss are left unset.
Problem ReadProblem(Arguments& args);

// The (samples) labels and the loss behind them.
void ReadLabels(Arguments& args, Problem& problem);

// L points, or anything of their shapes.
struct PointArrays {
  double* weights;
  double* outputWeights;
};
PointArrays ReadPoints(Arguments& args, const Geometry& shape, size_t starts, const char* weights,
                       const char* outputWeights);

}  // namespace basin

#endif  // BASIN_BINDINGS_PROBLEM_H_
