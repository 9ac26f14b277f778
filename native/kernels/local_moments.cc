#include "kernels/local_moments.h"

#include <algorithm>
#include <limits>

#include "kernels/blocking.h"
#include "kernels/simd_targets.h"
#include "kernels/workspace.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/local_moments.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/group-inl.h"

// Points are processed in groups, so that a run of blocks is read from memory once for the whole group. Each point
// needs three passes over the samples: nearest sample; weights and mean; covariance.
#ifndef BASIN_LOCAL_MOMENTS_BUFFERS_
#define BASIN_LOCAL_MOMENTS_BUFFERS_
namespace basin {

// Limits of a group: its points, and their weights in doubles.
inline constexpr size_t kMostGroupPoints = 16;
inline constexpr size_t kMostGroupWeights = size_t{1} << 21;

inline size_t PointsPerGroup(size_t samples, size_t points) {
  const size_t fitting = kMostGroupWeights / std::max<size_t>(PaddedSamples(samples), 1);
  return std::min(points, std::clamp<size_t>(fitting, 1, kMostGroupPoints));
}

struct LocalBuffers {
  LocalBuffers(const Geometry& shape, size_t points, Workspace& workspace)
      : runBlocks(std::min(BlocksPerRun(shape), shape.blocks())),
        group(PointsPerGroup(shape.samples, points)),
        weights(workspace.Take<double>(group * shape.blocks() * kBlock)),
        nearest(workspace.Take<double>(group * shape.dimension)),
        lanes(workspace.Take<double>(group * (2 + shape.dimension) * kMaxLanes)),
        totals(workspace.Take<double>(group)),
        centres(workspace.Take<double>(group * shape.dimension)),
        centred(workspace.Take<double>(runBlocks * shape.blockSize())),
        weighted(workspace.Take<double>(runBlocks * shape.blockSize())),
        far(workspace.Take<double>(kBlock)),
        best(workspace.Take<double>(group * kMaxLanes)),
        bestAt(workspace.Take<double>(group * kMaxLanes)),
        sources(workspace.Take<const double*>(shape.dimension)),
        targets(workspace.Take<double*>(shape.dimension)) {}

  size_t runBlocks;
  size_t group;
  double* weights;   // (group, padded samples)
  double* nearest;   // (group, dimension): X_*
  double* lanes;     // (group, 2 + dimension, lanes): weight, weight not at X_*, weighted X_i - X_*
  double* totals;    // (group)
  double* centres;   // (group, dimension): weighted mean of X_i - X_*
  double* centred;   // (run blocks, dimension, kBlock): X_i - X_* - mean
  double* weighted;  // the same times the weight
  double* far;       // (kBlock): squared distances
  double* best;      // (group, lanes): least squared distance so far, and the first sample of its vector
  double* bestAt;
  const double** sources;
  double** targets;
};

}  // namespace basin
#endif  // BASIN_LOCAL_MOMENTS_BUFFERS_

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// One point of a group.
struct LocalPoint {
  const double* x;
  size_t leftOut;
  double* weights;
  double* nearest;
  double* lanes;
  double* total;
  double* centre;
  double* best;
  double* bestAt;
  double* share;
  double* mean;
  double* covariance;
};

HWY_INLINE LocalPoint PointOf(const LocalSamples& at, const LocalPoints& points, size_t first, size_t p,
                              const LocalBuffers& buffers) {
  const size_t d = at.dimension;
  const size_t i = first + p;
  return {points.points + i * d, points.leftOut < at.samples ? points.leftOut + i : at.samples,
          buffers.weights + p * PaddedSamples(at.samples), buffers.nearest + p * d,
          buffers.lanes + p * (2 + d) * kMaxLanes, buffers.totals + p, buffers.centres + p * d,
          buffers.best + p * kMaxLanes, buffers.bestAt + p * kMaxLanes, points.shares + i, points.means + i * d,
          points.covariances + i * d * d};
}

// Sets lanes of the block that are no samples of this point to `value`: padding, and the sample that is left out.
HWY_INLINE void SetAbsent(const LocalSamples& at, size_t leftOut, size_t block, double value, double* lanes) {
  const size_t first = block * kBlock;
  const size_t valid = std::min(kBlock, at.samples - first);
  std::fill(lanes + valid, lanes + kBlock, value);
  if (leftOut >= first && leftOut < first + kBlock) lanes[leftOut - first] = value;
}

void StartNearest(const LocalPoint& point) {
  std::fill_n(point.best, kLanes, std::numeric_limits<double>::infinity());
  std::fill_n(point.bestAt, kLanes, 0.0);
}

HWY_NOINLINE void NearestInBlock(const LocalSamples& at, const LocalPoint& point, size_t block, double* far) {
  const double* const inputs = at.inputs + block * at.dimension * kBlock;
  for (size_t i = 0; i < kBlock; i += kLanes) {
    V sum = hn::Zero(kD);
    for (size_t j = 0; j < at.dimension; ++j) {
      const V away = hn::Sub(hn::LoadU(kD, inputs + j * kBlock + i), Splat(point.x[j]));
      sum = hn::MulAdd(away, away, sum);
    }
    hn::StoreU(sum, kD, far + i);
  }
  SetAbsent(at, point.leftOut, block, std::numeric_limits<double>::infinity(), far);
  V best = hn::LoadU(kD, point.best);
  V bestAt = hn::LoadU(kD, point.bestAt);
  for (size_t i = 0; i < kBlock; i += kLanes) {
    const V distance = hn::LoadU(kD, far + i);
    const auto nearer = hn::Lt(distance, best);
    best = hn::IfThenElse(nearer, distance, best);
    bestAt = hn::IfThenElse(nearer, Splat(static_cast<double>(block * kBlock + i)), bestAt);
  }
  hn::StoreU(best, kD, point.best);
  hn::StoreU(bestAt, kD, point.bestAt);
}

// Finds the first among equally near samples; the result does not depend on the number of lanes.
HWY_INLINE void FinishNearest(const LocalSamples& at, const LocalPoint& point) {
  double least = std::numeric_limits<double>::infinity();
  size_t found = 0;
  for (size_t lane = 0; lane < kLanes; ++lane) {
    const size_t sample = static_cast<size_t>(point.bestAt[lane]) + lane;
    if (point.best[lane] < least || (point.best[lane] == least && sample < found)) {
      least = point.best[lane];
      found = sample;
    }
  }
  const double* const inputs = at.inputs + found / kBlock * at.dimension * kBlock + found % kBlock;
  for (size_t j = 0; j < at.dimension; ++j) point.nearest[j] = inputs[j * kBlock];
}

// exp(-(|X_i - x|^2 - |X_* - x|^2) / 2 h^2). The difference is computed as (X_i - X_*)(X_i - x + X_* - x), because the
// subtraction of two large squares would lose digits.
HWY_INLINE void WeightsOfBlock(const LocalSamples& at, const LocalPoint& point, size_t block, double* far) {
  const double* const inputs = at.inputs + block * at.dimension * kBlock;
  double* const weights = point.weights + block * kBlock;
  const V scale = Splat(-0.5 / (at.bandwidth * at.bandwidth));
  for (size_t i = 0; i < kBlock; i += kLanes) {
    V farther = hn::Zero(kD);
    V distance = hn::Zero(kD);
    for (size_t j = 0; j < at.dimension; ++j) {
      const V input = hn::LoadU(kD, inputs + j * kBlock + i);
      const V step = hn::Sub(input, Splat(point.nearest[j]));
      const V both = hn::Add(hn::Sub(input, Splat(point.x[j])), Splat(point.nearest[j] - point.x[j]));
      farther = hn::MulAdd(step, both, farther);
      distance = hn::MulAdd(step, step, distance);
    }
    const V exponent = hn::Mul(farther, scale);
    const V weight = hn::IfThenElseZero(hn::Gt(exponent, Splat(-kExpBound)), ExpBounded(WithinExpBound(exponent)));
    hn::StoreU(weight, kD, weights + i);
    hn::StoreU(distance, kD, far + i);
  }
  SetAbsent(at, point.leftOut, block, 0.0, weights);
}

HWY_NOINLINE void WeighBlock(const LocalSamples& at, const LocalPoint& point, size_t block, double* far) {
  WeightsOfBlock(at, point, block, far);
  const double* const weights = point.weights + block * kBlock;
  V total = hn::Zero(kD);
  V elsewhere = hn::Zero(kD);
  for (size_t i = 0; i < kBlock; i += kLanes) {
    const V weight = hn::LoadU(kD, weights + i);
    total = hn::Add(total, weight);
    elsewhere = hn::Add(elsewhere, hn::IfThenElseZero(hn::Gt(hn::LoadU(kD, far + i), hn::Zero(kD)), weight));
  }
  AddToStoredLanes(point.lanes, total);
  AddToStoredLanes(point.lanes + kLanes, elsewhere);
  const double* const inputs = at.inputs + block * at.dimension * kBlock;
  for (size_t j = 0; j < at.dimension; ++j) {
    V sum = hn::Zero(kD);
    for (size_t i = 0; i < kBlock; i += kLanes) {
      const V step = hn::Sub(hn::LoadU(kD, inputs + j * kBlock + i), Splat(point.nearest[j]));
      sum = hn::MulAdd(hn::LoadU(kD, weights + i), step, sum);
    }
    AddToStoredLanes(point.lanes + (2 + j) * kLanes, sum);
  }
}

HWY_INLINE void FinishMean(const LocalSamples& at, const LocalPoint& point) {
  *point.total = SumOfStoredLanes(point.lanes);
  *point.share = SumOfStoredLanes(point.lanes + kLanes) / *point.total;
  for (size_t j = 0; j < at.dimension; ++j) {
    point.centre[j] = SumOfStoredLanes(point.lanes + (2 + j) * kLanes) / *point.total;
    point.mean[j] = point.nearest[j] - point.x[j] + point.centre[j];
  }
}

// Writes the samples of the run into the buffers: centred, and centred times weight.
HWY_NOINLINE void CentreRun(const LocalSamples& at, const LocalPoint& point, size_t firstBlock, size_t blocks,
                            const LocalBuffers& buffers) {
  for (size_t b = 0; b < blocks; ++b) {
    const double* const inputs = at.inputs + (firstBlock + b) * at.dimension * kBlock;
    const double* const weights = point.weights + (firstBlock + b) * kBlock;
    for (size_t j = 0; j < at.dimension; ++j) {
      const V nearest = Splat(point.nearest[j]);
      const V centre = Splat(point.centre[j]);
      const size_t row = (b * at.dimension + j) * kBlock;
      for (size_t i = 0; i < kBlock; i += kLanes) {
        const V y = hn::Sub(hn::Sub(hn::LoadU(kD, inputs + j * kBlock + i), nearest), centre);
        hn::StoreU(y, kD, buffers.centred + row + i);
        hn::StoreU(hn::Mul(y, hn::LoadU(kD, weights + i)), kD, buffers.weighted + row + i);
      }
    }
  }
}

// Adds the products of the run to the lower triangle, and to those entries of the upper triangle that lie in its tiles.
HWY_INLINE void AddCovariance(const LocalSamples& at, const LocalPoint& point, size_t blocks,
                              const LocalBuffers& buffers) {
  const size_t d = at.dimension;
  const BlockRun run = {blocks, d * kBlock, d * kBlock};
  for (size_t j = 0; j < d; ++j) {
    buffers.sources[j] = buffers.weighted + j * kBlock;
    buffers.targets[j] = point.covariance + j * d;
  }
  for (size_t j = 0; j < d;) {
    const size_t rows = NextTileRows(d - j);
    BackwardRows(run, buffers.centred, j + rows, rows, buffers.sources + j, buffers.targets + j);
    j += rows;
  }
}

HWY_INLINE void FinishCovariance(const LocalSamples& at, const LocalPoint& point) {
  const size_t d = at.dimension;
  for (size_t j = 0; j < d; ++j) {
    for (size_t k = 0; k <= j; ++k) {
      const double entry = point.covariance[j * d + k] / *point.total;
      point.covariance[j * d + k] = point.covariance[k * d + j] = entry;
    }
  }
}

void GroupMoments(const LocalSamples& at, const LocalPoints& points, size_t first, size_t count,
                  const LocalBuffers& buffers) {
  const size_t d = at.dimension;
  const auto forPoints = [&](const auto& body) {
    for (size_t p = 0; p < count; ++p) body(PointOf(at, points, first, p, buffers));
  };
  const auto forRuns = [&](const auto& body) {
    ForPieces(BlocksFor(at.samples), buffers.runBlocks, [&](size_t firstBlock, size_t blocks) {
      forPoints([&](const LocalPoint& point) { body(point, firstBlock, blocks); });
    });
  };
  const auto forBlocks = [&](const auto& body) {
    forRuns([&](const LocalPoint& point, size_t firstBlock, size_t blocks) {
      for (size_t b = 0; b < blocks; ++b) body(at, point, firstBlock + b, buffers.far);
    });
  };
  forPoints(StartNearest);
  forBlocks(NearestInBlock);
  forPoints([&](const LocalPoint& point) {
    FinishNearest(at, point);
    std::fill_n(point.lanes, (2 + d) * kLanes, 0.0);
    std::fill_n(point.covariance, d * d, 0.0);
  });
  forBlocks(WeighBlock);
  forPoints([&](const LocalPoint& point) { FinishMean(at, point); });
  forRuns([&](const LocalPoint& point, size_t firstBlock, size_t blocks) {
    CentreRun(at, point, firstBlock, blocks, buffers);
    AddCovariance(at, point, blocks, buffers);
  });
  forPoints([&](const LocalPoint& point) { FinishCovariance(at, point); });
}

}  // namespace

void ComputeLocalMoments(const LocalSamples& at, const LocalPoints& points, const LocalBuffers& buffers) {
  ForPieces(points.count, std::max<size_t>(buffers.group, 1),
            [&](size_t first, size_t count) { GroupMoments(at, points, first, count, buffers); });
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(ComputeLocalMoments);

size_t LocalMomentsWorkspaceBytes(size_t samples, size_t dimension, size_t points) {
  Workspace counting;
  const LocalBuffers buffers({samples, dimension, 1, dimension}, points, counting);
  return counting.used();
}

void LocalMoments(const LocalSamples& at, const LocalPoints& points, std::span<std::byte> buffer) {
  Workspace workspace(buffer);
  const LocalBuffers buffers({at.samples, at.dimension, 1, at.dimension}, points.count, workspace);
  HWY_DYNAMIC_DISPATCH(ComputeLocalMoments)(at, points, buffers);
}

}  // namespace basin
#endif  // HWY_ONCE
