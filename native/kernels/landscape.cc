#include "kernels/landscape.h"

#include <algorithm>

#include "kernels/blocking.h"
#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/landscape.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/group-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// One block of terms. Rows hold p, then q of each pair; the slopes of the loss replace both.
struct TermBlock {
  size_t rows;
  double* values;  // (rows + pairs, kBlock)
  const double* weights;
  double sign;
  double diagonal;  // 1 + mu

  double* P(size_t m, size_t i) const { return values + m * kBlock + i; }
  double* Q(size_t m, size_t n, size_t i) const { return values + (rows + TriangleIndex(m, n)) * kBlock + i; }
};

HWY_INLINE V Weight(const TermBlock& block, size_t i) {
  return hn::Mul(Splat(block.sign), hn::LoadU(kD, block.weights + i));
}

// Terms with G = 0, or with a G that enters through moments: the loss is s^2 - c sum p^4, its slope 4 p (s - c p^2).
HWY_INLINE void FourthPowers(const TermBlock& block, double* lossLanes) {
  const V c = Splat(block.diagonal);
  for (size_t i = 0; i < kBlock; i += kLanes) {
    V s = hn::Zero(kD);
    V fourth = hn::Zero(kD);
    for (size_t m = 0; m < block.rows; ++m) {
      const V p = hn::LoadU(kD, block.P(m, i));
      const V square = hn::Mul(p, p);
      s = hn::Add(s, square);
      fourth = hn::MulAdd(square, square, fourth);
    }
    const V weight = Weight(block, i);
    AddToStoredLanes(lossLanes, hn::Mul(weight, hn::NegMulAdd(c, fourth, hn::Mul(s, s))));
    const V factor = hn::Mul(Splat(4.0), weight);
    for (size_t m = 0; m < block.rows; ++m) {
      const V p = hn::LoadU(kD, block.P(m, i));
      const V slope = hn::NegMulAdd(hn::Mul(c, p), p, s);
      hn::StoreU(hn::Mul(hn::Mul(factor, p), slope), kD, block.P(m, i));
    }
  }
}

// s = sum p^2 + sum q_mm for one vector of terms.
HWY_INLINE V TotalOf(const TermBlock& block, size_t i) {
  V s = hn::Zero(kD);
  for (size_t m = 0; m < block.rows; ++m) {
    const V p = hn::LoadU(kD, block.P(m, i));
    s = hn::Add(hn::MulAdd(p, p, s), hn::LoadU(kD, block.Q(m, m, i)));
  }
  return s;
}

// The part of row m alone. Writes the slope in q_mm into the block; returns the loss, and the slope in p_m without the
// contributions of other rows.
struct Own {
  V loss;
  V slope;
};
HWY_INLINE Own OwnRow(const TermBlock& block, size_t m, size_t i, V s, V weight) {
  const V c = Splat(block.diagonal);
  const V p = hn::LoadU(kD, block.P(m, i));
  const V q = hn::LoadU(kD, block.Q(m, m, i));
  const V square = hn::Mul(p, p);
  const V all = hn::MulAdd(Splat(4.0), square, hn::Add(q, q));
  const V t2 = hn::MulAdd(square, square, hn::Mul(q, hn::MulAdd(Splat(6.0), square, hn::Mul(Splat(3.0), q))));
  const V both = hn::Add(square, q);
  const V slopeQ = hn::MulAdd(Splat(2.0), s, hn::Mul(hn::NegMulAdd(Splat(6.0), c, Splat(4.0)), both));
  const V bend = hn::NegMulAdd(hn::Mul(Splat(4.0), c), hn::MulAdd(Splat(3.0), q, square), hn::Mul(Splat(8.0), q));
  hn::StoreU(hn::Mul(weight, slopeQ), kD, block.Q(m, m, i));
  return {hn::NegMulAdd(c, t2, hn::Mul(q, all)), hn::Mul(p, hn::MulAdd(Splat(4.0), s, bend))};
}

HWY_INLINE void WithCurvature(const TermBlock& block, double* slopes, double* lossLanes) {
  for (size_t i = 0; i < kBlock; i += kLanes) {
    const V weight = Weight(block, i);
    const V s = TotalOf(block, i);
    V loss = hn::Mul(s, s);
    for (size_t m = 0; m < block.rows; ++m) {
      const Own own = OwnRow(block, m, i, s, weight);
      loss = hn::Add(loss, own.loss);
      hn::StoreU(own.slope, kD, slopes + m * kBlock + i);
    }
    for (size_t m = 0; m < block.rows; ++m) {
      const V pm = hn::LoadU(kD, block.P(m, i));
      V slope = hn::LoadU(kD, slopes + m * kBlock + i);
      for (size_t n = 0; n < m; ++n) {
        const V pn = hn::LoadU(kD, block.P(n, i));
        const V q = hn::LoadU(kD, block.Q(m, n, i));
        const V q8 = hn::Mul(Splat(8.0), q);
        const V pp = hn::Mul(pm, pn);
        loss = hn::MulAdd(q8, hn::MulAdd(Splat(0.5), q, pp), loss);
        slope = hn::MulAdd(q8, pn, slope);
        double* const other = slopes + n * kBlock + i;
        hn::StoreU(hn::MulAdd(q8, pm, hn::LoadU(kD, other)), kD, other);
        hn::StoreU(hn::Mul(weight, hn::MulAdd(Splat(8.0), pp, q8)), kD, block.Q(m, n, i));
      }
      hn::StoreU(slope, kD, slopes + m * kBlock + i);
    }
    AddToStoredLanes(lossLanes, hn::Mul(weight, loss));
    for (size_t m = 0; m < block.rows; ++m) {
      hn::StoreU(hn::Mul(weight, hn::LoadU(kD, slopes + m * kBlock + i)), kD, block.P(m, i));
    }
  }
}

// A packed array of vectors and the `count` rows, of the same length, that multiply them.
struct Factor {
  const double* packed;
  size_t length;
  size_t count;
  const double* rows;
  size_t offset;  // index of the first product among the rows of a block
};

HWY_INLINE void Forward(const Factor& factor, size_t block, double* values, const LandscapeEvaluator::Buffers& buffers) {
  for (size_t r = 0; r < factor.count; ++r) {
    buffers.sources[r] = factor.rows + r * factor.length;
    buffers.targets[r] = values + (factor.offset + r) * kBlock;
  }
  ForwardRows(factor.packed + block * factor.length * kBlock, factor.length, factor.count, buffers.sources,
              buffers.targets);
}

HWY_INLINE void Backward(const Factor& factor, size_t firstBlock, size_t blocks, size_t rowStep, double* sums,
                         const LandscapeEvaluator::Buffers& buffers) {
  for (size_t r = 0; r < factor.count; ++r) {
    buffers.sources[r] = buffers.coefficients + (factor.offset + r) * kBlock;
    buffers.targets[r] = sums + r * factor.length;
  }
  BackwardRows({blocks, factor.length * kBlock, rowStep}, factor.packed + firstBlock * factor.length * kBlock,
               factor.length, factor.count, buffers.sources, buffers.targets);
}

// Row (m, n) times the entries of a G equals a_m' G a_n.
void FillPairRows(const LandscapeShape& shape, const double* a, double* pairRows) {
  const size_t d = shape.dimension;
  double* out = pairRows;
  for (size_t m = 0; m < shape.rows; ++m) {
    for (size_t n = 0; n <= m; ++n, out += shape.curvatureLength) {
      const double* const u = a + m * d;
      const double* const v = a + n * d;
      for (size_t i = 0; i < d; ++i) {
        if (shape.curvatureLength == d) {
          out[i] = u[i] * v[i];
          continue;
        }
        for (size_t j = 0; j < i; ++j) out[TriangleIndex(i, j)] = u[i] * v[j] + u[j] * v[i];
        out[TriangleIndex(i, i)] = u[i] * v[i];
      }
    }
  }
}

// gradient_m += S a_n and gradient_n += S a_m for the symmetric matrix S of each pair.
void AddPairGradients(const LandscapeShape& shape, const double* a, const double* pairSums, double* gradient) {
  const size_t d = shape.dimension;
  const double* sums = pairSums;
  for (size_t m = 0; m < shape.rows; ++m) {
    for (size_t n = 0; n <= m; ++n, sums += shape.curvatureLength) {
      for (size_t i = 0; i < d; ++i) {
        const bool dense = shape.curvatureLength != d;
        for (size_t j = dense ? 0 : i; j < (dense ? d : i + 1); ++j) {
          const double s = sums[dense ? TriangleIndex(i, j) : i];
          gradient[m * d + i] += s * a[n * d + j];
          gradient[n * d + i] += s * a[m * d + j];
        }
      }
    }
  }
}

}  // namespace

double EvaluateTerms(const Landscape& landscape, const double* a, double* gradient,
                     const LandscapeEvaluator::Buffers& buffers) {
  const LandscapeShape& shape = landscape.shape;
  const size_t values = shape.rows + shape.pairs();
  const Geometry blocks = {shape.terms, shape.dimension + shape.curvatureLength, 1, values};
  const Problem weighted = {blocks, nullptr, landscape.weights, {}, Loss::kSquared};
  const Factor first = {landscape.gradients, shape.dimension, shape.rows, a, 0};
  const Factor second = {landscape.curvatures, shape.curvatureLength, shape.pairs(), buffers.pairRows, shape.rows};
  std::fill_n(buffers.lossLanes, kLanes, 0.0);
  std::fill_n(gradient, shape.weights(), 0.0);
  std::fill_n(buffers.pairSums, shape.pairs() * shape.curvatureLength, 0.0);
  if (second.count > 0) FillPairRows(shape, a, buffers.pairRows);
  ForPieces(blocks.blocks(), BlocksPerRun(blocks), [&](size_t firstBlock, size_t count) {
    for (size_t b = 0; b < count; ++b) {
      double* const products = buffers.coefficients + b * values * kBlock;
      Forward(first, firstBlock + b, products, buffers);
      const BlockLabels<double> weights = LabelsOfBlock(weighted, firstBlock + b, buffers.weights);
      const TermBlock block = {shape.rows, products, weights.values, landscape.sign, 1.0 + landscape.mu};
      if (second.count == 0) {
        FourthPowers(block, buffers.lossLanes);
      } else {
        Forward(second, firstBlock + b, products, buffers);
        WithCurvature(block, buffers.slopes, buffers.lossLanes);
      }
    }
    Backward(first, firstBlock, count, values * kBlock, gradient, buffers);
    if (second.count > 0) Backward(second, firstBlock, count, values * kBlock, buffers.pairSums, buffers);
  });
  if (second.count > 0) AddPairGradients(shape, a, buffers.pairSums, gradient);
  return SumOfStoredLanes(buffers.lossLanes);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(EvaluateTerms);

LandscapeEvaluator::LandscapeEvaluator(const LandscapeShape& shape, Workspace& workspace) {
  const size_t values = shape.rows + shape.pairs();
  const Geometry blocks = {shape.terms, shape.dimension + shape.curvatureLength, 1, values};
  buffers_.coefficients = workspace.Take<double>(std::min(BlocksPerRun(blocks), blocks.blocks()) * values * kBlock);
  buffers_.slopes = workspace.Take<double>(shape.rows * kBlock);
  buffers_.weights = workspace.Take<double>(kBlock);
  buffers_.lossLanes = workspace.Take<double>(kMaxLanes);
  buffers_.pairRows = workspace.Take<double>(shape.pairs() * shape.curvatureLength);
  buffers_.pairSums = workspace.Take<double>(shape.pairs() * shape.curvatureLength);
  buffers_.sources = workspace.Take<const double*>(values);
  buffers_.targets = workspace.Take<double*>(values);
  buffers_.moments = MomentBuffers(shape.rows, shape.dimension, workspace);
}

double LandscapeEvaluator::Evaluate(const Landscape& landscape, const double* a, double* gradient) const {
  double loss = HWY_DYNAMIC_DISPATCH(EvaluateTerms)(landscape, a, gradient, buffers_);
  const LandscapeRows at = {landscape.shape.rows, landscape.shape.dimension, a, gradient};
  loss += AddIsotropic(landscape.moments, landscape.sign, landscape.mu, at, buffers_.moments);
  loss += AddHigherDerivatives(landscape.moments, landscape.sign, landscape.mu, at, buffers_.moments);
  return loss + AddPenalty(landscape.penalty, at);
}

size_t LandscapeWorkspaceBytes(const LandscapeShape& shape) {
  Workspace counting;
  const LandscapeEvaluator evaluator(shape, counting);
  return counting.used();
}

}  // namespace basin
#endif  // HWY_ONCE
