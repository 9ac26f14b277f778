// Stochastic gradient descent on fresh samples of a teacher, x ~ N(0, I) (src/core/kernels/onlineContract.ts).
#ifndef BASIN_KERNELS_ONLINE_H_
#define BASIN_KERNELS_ONLINE_H_

#include <span>

#include "kernels/descent.h"
#include "kernels/philox.h"

namespace basin {

struct Online {
  size_t dimension;
  size_t rows;         // of a start
  size_t teacherRows;
  size_t batch;        // samples of a step
  Activation activation;
  Loss loss;
  const Formula* lossFormula;   // if not null, replaces the loss
  const double* teacher;        // (teacherRows, dimension)
  const double* teacherOutput;  // (teacherRows)
  double noise;                 // standard deviation of what is added to the labels

  size_t weights() const { return rows * dimension; }
};

// Where the samples of a start come from: step t of sequence s takes single normals of the stream from block
// s kSequenceBlocks + t ceil(batch (dimension + 1) / 4) on: batch dimension inputs, then batch numbers of the noise.
struct OnlineSamples {
  Stream stream;
  const uint32_t* sequences;  // (starts)
};
inline constexpr uint64_t kSequenceBlocks = uint64_t{1} << 40;

// Bytes of scratch for one call. It does not depend on the number of starts.
size_t OnlineWorkspaceBytes(const Online& online);

// `updates` steps of every running start. iterations[l] is the step that start l makes next. A start whose residuals are
// not finite stops as diverged at the point before. Losses and gradient norms are not computed. Returns early when
// *cancel (if any) is not zero between steps. Returns the number of starts that still run.
size_t DescendOnline(const Online& online, const Descents& state, const OnlineSamples& samples, size_t updates,
                     const int32_t* cancel, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_ONLINE_H_
