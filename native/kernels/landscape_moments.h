// Parts of a landscape loss that depend on the terms through sums over all terms alone: Gaussian terms (G = -I) without
// their fourth powers, the third and fourth derivatives of product laws, and the penalty on the norms of the rows.
#ifndef BASIN_KERNELS_LANDSCAPE_MOMENTS_H_
#define BASIN_KERNELS_LANDSCAPE_MOMENTS_H_

#include <cstddef>

#include "kernels/workspace.h"

namespace basin {

// A null pointer means that the terms have no such part.
struct LandscapeMoments {
  double mass;           // sum of the weights
  const double* second;  // (d, d): sum of weight g g'
  const double* third;   // (d, d): sum of weight T_j g_a at (j, a)
  const double* fourth;  // (d): sum of weight F_j
};

struct MomentBuffers {
  MomentBuffers() = default;
  MomentBuffers(size_t rows, size_t dimension, Workspace& workspace);
  double* image;     // (rows, dimension)
  double* product;   // (rows, dimension)
  double* weighted;  // (rows, rows)
  double* gram;      // (rows, rows)
  double* outer;     // (dimension, dimension)
  double* squares;   // (dimension)
  double* mixed;     // (dimension)
};

struct LandscapeRows {
  size_t rows;
  size_t dimension;
  const double* a;   // (rows, dimension)
  double* gradient;  // (rows, dimension); results are added to it
};

// Each function returns its part of the loss.
double AddIsotropic(const LandscapeMoments& moments, double sign, double mu, const LandscapeRows& at,
                    const MomentBuffers& buffers);
double AddHigherDerivatives(const LandscapeMoments& moments, double sign, double mu, const LandscapeRows& at,
                            const MomentBuffers& buffers);
double AddPenalty(double penalty, const LandscapeRows& at);

}  // namespace basin

#endif  // BASIN_KERNELS_LANDSCAPE_MOMENTS_H_
