// The population risk of a network against a teacher, x ~ N(0, I), and descents on it from many starts
// (src/core/kernels/populationContract.ts). A vector lane holds one start: every number of a group of starts is a vector,
// so a start's bits do not depend on the other starts.
#ifndef BASIN_KERNELS_POPULATION_H_
#define BASIN_KERNELS_POPULATION_H_

#include <span>

#include "kernels/descent.h"
#include "kernels/risk.h"
#include "kernels/workspace.h"

namespace basin {

struct Population {
  size_t dimension;
  size_t rows;         // of a start
  size_t teacherRows;
  Activation activation;
  const double* teacher;        // (teacherRows, dimension)
  const double* teacherOutput;  // (teacherRows)
  double constant;              // the part of the risk that depends on the teacher alone

  size_t weights() const { return rows * dimension; }
};

// Whether the activation has a closed form here.
bool HasPairs(ActivationKind kind);

// Bytes of scratch for one call. It does not depend on the number of starts.
size_t PopulationWorkspaceBytes(const Population& population, const Updates& updates = {});

// Loss, gradient and output gradient at L points: (L), (L, rows, dimension), (L, rows).
void EvaluatePopulation(const Population& population, const PointEvaluation& points, std::span<std::byte> workspace);

// As Descend (kernels/descent.h), without backtracking.
size_t DescendPopulation(const Population& population, const Descents& state, size_t updates, const StopRule& rule,
                         const int32_t* cancel, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_POPULATION_H_
