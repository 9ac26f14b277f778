#ifndef BASIN_KERNELS_CURVATURE_H_
#define BASIN_KERNELS_CURVATURE_H_

#include <algorithm>
#include <span>

#include "kernels/blocking.h"
#include "kernels/geometry.h"
#include "kernels/workspace.h"

namespace basin {

// A point, a direction, and the arrays for the product of the Hessian with the direction.
struct HessianProduct {
  const double* weights;
  const double* outputWeights;
  const double* direction;
  const double* outputDirection;  // null: v is held fixed
  double* product;                // (rows, row length)
  double* outputProduct;          // (units); null when v is held fixed
};

// Scratch memory of a Hessian product.
struct CurvatureBuffers {
  CurvatureBuffers(const Geometry& shape, bool outputToo, Workspace& workspace)
      : rows(workspace.Take<double>(std::min(BlocksPerRun(shape), shape.blocks()) * shape.units() * kBlock)),
        moved(workspace.Take<double>(shape.units() * kBlock)),
        values(workspace.Take<double>(shape.units() * kBlock)),
        slopes(workspace.Take<double>(shape.units() * kBlock)),
        curvatures(workspace.Take<double>(shape.units() * kBlock)),
        unitProducts(workspace.Take<double>(shape.units() * shape.rowLength())),
        outputLanes(outputToo ? workspace.Take<double>(shape.units() * kMaxLanes) : nullptr),
        labels(workspace.Take<double>(kBlock)),
        sources(workspace.Take<const double*>(shape.rows)),
        targets(workspace.Take<double*>(shape.rows)) {}

  double* rows;          // (run blocks, units, kBlock): pre-activations, then coefficients of x
  double* moved;         // (units, kBlock): directionᵀx
  double* values;        // (units, kBlock): phi, phi', phi''
  double* slopes;
  double* curvatures;
  double* unitProducts;  // (units, row length)
  double* outputLanes;   // (units, lanes); null when v is held fixed
  double* labels;
  const double** sources;
  double** targets;
};

size_t CurvatureWorkspaceBytes(const Geometry& shape, bool outputToo);

// The directional derivative of the gradient. With a = wᵀx, b = directionᵀx, f' = sum (v phi'(a) b + v' phi(a)):
//   rows:    mean (l'' f' v phi'(a) + l' (v' phi'(a) + v phi''(a) b)) x
//   outputs: mean (l'' f' phi(a) + l' phi'(a) b)
void HessianVector(const Problem& problem, const HessianProduct& at, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_CURVATURE_H_
