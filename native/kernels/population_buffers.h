// The arrays of a group of starts on the population risk.
#ifndef BASIN_KERNELS_POPULATION_BUFFERS_H_
#define BASIN_KERNELS_POPULATION_BUFFERS_H_

#include "kernels/population.h"

namespace basin {

// A sparse matrix by rows: entry e of row i is values[e] at columns[e], starts[i] <= e < starts[i + 1]. A teacher of
// orthonormal rows along the axes has one entry in each.
struct SparseRows {
  uint32_t* starts;
  uint32_t* columns;
  double* values;

  SparseRows(size_t rows, size_t entries, Workspace& workspace)
      : starts(workspace.Take<uint32_t>(rows + 1)),
        columns(workspace.Take<uint32_t>(entries)),
        values(workspace.Take<double>(entries)) {}

  // The matrix with entries at(i, j).
  template <class At>
  void Fill(size_t rows, size_t columnCount, const At& at) const {
    uint32_t count = 0;
    for (size_t i = 0; i < rows; ++i) {
      starts[i] = count;
      for (size_t j = 0; j < columnCount; ++j) {
        const double value = at(i, j);
        if (value == 0.0) continue;
        columns[count] = static_cast<uint32_t>(j);
        values[count++] = value;
      }
    }
    starts[rows] = count;
  }
};

// All arrays of vectors have one vector of kMaxLanes doubles per number.
struct GroupBuffers {
  SparseRows byRow;         // the teacher
  SparseRows byFeature;     // its transpose
  double* weights;          // (rows, dimension)
  double* outputWeights;    // (rows)
  double* gradient;         // (rows, dimension)
  double* outputGradient;   // (rows)
  double* roots;            // (rows)
  double* inverses;         // (rows)
  double* squares;          // (rows)
  double* owns;             // (rows)
  double* others;           // (rows): times v
  double* alphas;           // (rows): the factors of w_i, before they are multiplied by `owns`
  double* self;             // (rows, rows): products of two rows, then beta of each pair
  double* cross;            // (rows, teacherRows): the same with the teacher
  double* teacherRoots;     // (teacherRows)
  double* teacherInverses;  // (teacherRows)
  double* teacherOthers;    // (teacherRows): times -v*
  double* teacherSquares;   // (teacherRows), no vectors
  Moments moments = {};     // (weights, then output weights), if the rule has any

  GroupBuffers(const Population& p, const Updates& updates, Workspace& workspace)
      : byRow(p.teacherRows, p.teacherRows * p.dimension, workspace),
        byFeature(p.dimension, p.teacherRows * p.dimension, workspace) {
    const auto take = [&](size_t count) { return workspace.Take<double>(count * kMaxLanes); };
    weights = take(p.weights());
    outputWeights = take(p.rows);
    gradient = take(p.weights());
    outputGradient = take(p.rows);
    roots = take(p.rows);
    inverses = take(p.rows);
    squares = take(p.rows);
    owns = take(p.rows);
    others = take(p.rows);
    alphas = take(p.rows);
    self = take(p.rows * p.rows);
    cross = take(p.rows * p.teacherRows);
    teacherRoots = take(p.teacherRows);
    teacherInverses = take(p.teacherRows);
    teacherOthers = take(p.teacherRows);
    teacherSquares = workspace.Take<double>(p.teacherRows);
    if (updates.HasMoments()) moments = {take(p.weights() + p.rows), take(p.weights() + p.rows)};
  }

  void FillTeacher(const Population& p) const {
    const auto at = [&](size_t j, size_t t) { return p.teacher[j * p.dimension + t]; };
    byRow.Fill(p.teacherRows, p.dimension, at);
    byFeature.Fill(p.dimension, p.teacherRows, [&](size_t t, size_t j) { return at(j, t); });
    for (size_t j = 0; j < p.teacherRows; ++j) {
      teacherSquares[j] = 0.0;
      for (size_t t = 0; t < p.dimension; ++t) teacherSquares[j] += at(j, t) * at(j, t);
    }
  }
};

}  // namespace basin

#endif  // BASIN_KERNELS_POPULATION_BUFFERS_H_
