// The landscape losses of gao2018 and their gradients (src/core/kernels/landscapeContract.ts has the formulas). With
// p_m = g a_m and q_mn = a_m' G a_n of one term, s = sum p_m^2 + sum q_mm and c = 1 + mu:
//   sum over all m, n of t1 = s^2 + sum_mn (4 q_mn p_m p_n + 2 q_mn^2),   t2(m) = p_m^4 + 6 q_mm p_m^2 + 3 q_mm^2
//   F = sign * sum_t weight_t (all - c sum_m t2)
// The p are the product of the packed g with the rows. The q are the product of the packed G with the symmetrised
// products of two rows. Parts that are the same for all terms enter through moments (landscape_moments.h).
#ifndef BASIN_KERNELS_LANDSCAPE_H_
#define BASIN_KERNELS_LANDSCAPE_H_

#include <span>

#include "kernels/geometry.h"
#include "kernels/landscape_moments.h"
#include "kernels/workspace.h"

namespace basin {

struct LandscapeShape {
  size_t terms;
  size_t dimension;
  size_t rows;
  size_t curvatureLength;  // entries of a G: 0 (none), dimension (diagonal) or dimension (dimension + 1) / 2 (dense)

  size_t weights() const { return rows * dimension; }
  size_t pairs() const { return curvatureLength == 0 ? 0 : rows * (rows + 1) / 2; }
};

struct Landscape {
  LandscapeShape shape;
  const double* gradients;    // packed: g of each term
  const double* weights;      // (terms)
  const double* curvatures;   // packed: G of each term; null if there is none
  LandscapeMoments moments;
  double sign;
  double mu;
  double penalty;
};

// Index of the entry (i, j <= i) of a symmetric matrix whose lower triangle is stored row by row.
constexpr size_t TriangleIndex(size_t i, size_t j) { return i < j ? j * (j + 1) / 2 + i : i * (i + 1) / 2 + j; }

class LandscapeEvaluator {
 public:
  LandscapeEvaluator(const LandscapeShape& shape, Workspace& workspace);
  // Returns the loss at the rows a (rows, dimension) and writes its gradient into `gradient`.
  double Evaluate(const Landscape& landscape, const double* a, double* gradient) const;

  struct Buffers {
    double* coefficients;      // (run blocks, rows + pairs, kBlock): p and q, then the slopes of the loss in them
    double* slopes;            // (rows, kBlock)
    double* weights;           // (kBlock)
    double* lossLanes;         // (lanes)
    double* pairRows;          // (pairs, curvature length): symmetrised products of two rows
    double* pairSums;          // (pairs, curvature length)
    const double** sources;    // (rows + pairs)
    double** targets;          // (rows + pairs)
    MomentBuffers moments;
  };

 private:
  Buffers buffers_;
};

size_t LandscapeWorkspaceBytes(const LandscapeShape& shape);

}  // namespace basin

#endif  // BASIN_KERNELS_LANDSCAPE_H_
