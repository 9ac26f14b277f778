#ifndef BASIN_KERNELS_CURVATURE_H_
#define BASIN_KERNELS_CURVATURE_H_

#include <algorithm>
#include <cstdint>
#include <span>

#include "kernels/blocking.h"
#include "kernels/geometry.h"
#include "kernels/workspace.h"

namespace basin {

// Points, a direction at each of them, and the arrays for the product of the Hessian there with the direction.
struct HessianProducts {
  size_t count;
  const double* weights;           // (count, rows, row length)
  const double* outputWeights;     // (count, units)
  const double* directions;        // (count, rows, row length)
  const double* outputDirections;  // (count, units); null: v is held fixed
  double* products;                // (count, rows, row length)
  double* outputProducts;          // (count, units); null when v is held fixed
};

// A row of a direction.
struct DirectionRow {
  enum class Kind : uint8_t { kZero, kAlone, kFull } kind;
  size_t variable;  // of kAlone: its only entry that is not zero
};

// Scratch memory of Hessian products. A group is as large as a group of starts; its distinct points come first in the
// arrays that have one part for each point.
struct CurvatureBuffers {
  CurvatureBuffers(const Geometry& shape, size_t count, bool outputToo, Workspace& workspace)
      : CurvatureBuffers(shape, count, LargestGroup(shape, count) * shape.units() * kBlock, outputToo, workspace) {}

  double* coefficients;  // (run blocks, group, units, kBlock): of x
  double* moved;         // (group, units, kBlock): directionᵀx
  const double** movedRows;  // (group, units): where directionᵀx lies, null where it is zero
  double* rows;          // (points, units, kBlock): pre-activations
  double* values;        // (points, units, kBlock): phi, phi', phi''
  double* slopes;
  double* curvatures;
  double* lossSlopes;  // (points, kBlock): l', l''
  double* lossCurvatures;
  double* unitProducts;  // (count, units, row length)
  double* outputLanes;   // (count, units, lanes); null when v is held fixed
  double* labels;        // (kBlock)
  DirectionRow* directionRows;  // (count, rows)
  size_t* places;               // (group): which of the group's points belongs to a direction
  size_t* firsts;               // (points): the first direction of a point
  const double** sources;       // (2, group, rows)
  double** targets;

 private:
  CurvatureBuffers(const Geometry& shape, size_t count, size_t groupSize, bool outputToo, Workspace& workspace)
      : coefficients(workspace.Take<double>(std::min(BlocksPerRun(shape), shape.blocks()) * groupSize)),
        moved(workspace.Take<double>(groupSize)),
        movedRows(workspace.Take<const double*>(groupSize / kBlock)),
        rows(workspace.Take<double>(groupSize)),
        values(workspace.Take<double>(groupSize)),
        slopes(workspace.Take<double>(groupSize)),
        curvatures(workspace.Take<double>(groupSize)),
        lossSlopes(workspace.Take<double>(LargestGroup(shape, count) * kBlock)),
        lossCurvatures(workspace.Take<double>(LargestGroup(shape, count) * kBlock)),
        unitProducts(workspace.Take<double>(count * shape.units() * shape.rowLength())),
        outputLanes(outputToo ? workspace.Take<double>(count * shape.units() * kMaxLanes) : nullptr),
        labels(workspace.Take<double>(kBlock)),
        directionRows(workspace.Take<DirectionRow>(count * shape.rows)),
        places(workspace.Take<size_t>(LargestGroup(shape, count))),
        firsts(workspace.Take<size_t>(LargestGroup(shape, count))),
        sources(workspace.Take<const double*>(2 * LargestGroup(shape, count) * shape.rows)),
        targets(workspace.Take<double*>(2 * LargestGroup(shape, count) * shape.rows)) {}
};

size_t CurvatureWorkspaceBytes(const Geometry& shape, size_t count, bool outputToo);

// The directional derivatives of the gradient. With a = wᵀx, b = directionᵀx, f' = sum (v phi'(a) b + v' phi(a)):
//   rows:    mean (l'' f' v phi'(a) + l' (v' phi'(a) + v phi''(a) b)) x
//   outputs: mean (l'' f' phi(a) + l' phi'(a) b)
// Consecutive directions at one point share its activations, and a direction along one variable needs no product with
// X. Neither changes bits.
void MultiplyHessians(const Problem& problem, const HessianProducts& at, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_CURVATURE_H_
