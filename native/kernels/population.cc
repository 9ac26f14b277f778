#include "kernels/population.h"

#include <algorithm>
#include <type_traits>

#include "kernels/descent_rules.h"
#include "kernels/population_buffers.h"
#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/population.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/pairs-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE V At(const double* vectors, size_t i) { return hn::Load(kD, vectors + i * kLanes); }
HWY_INLINE void Put(double* vectors, size_t i, V value) { hn::Store(value, kD, vectors + i * kLanes); }
HWY_INLINE void AddTo(double* vectors, size_t i, V value) { Put(vectors, i, hn::Add(At(vectors, i), value)); }

// Rows and columns of a tile of a product: its sums stay in registers.
constexpr size_t kTile = 4;

// Calls tile(first, count) for pieces of at most kTile of 0 … size - 1, with the count as a constant.
template <class Tile>
HWY_INLINE void ForTiles(size_t size, const Tile& tile) {
  size_t i = 0;
  for (; i + kTile <= size; i += kTile) tile(i, std::integral_constant<size_t, kTile>());
  switch (size - i) {
    case 3: tile(i, std::integral_constant<size_t, 3>()); break;
    case 2: tile(i, std::integral_constant<size_t, 2>()); break;
    case 1: tile(i, std::integral_constant<size_t, 1>()); break;
    default: break;
  }
}

// put(i, j, sum over m of left(i, m) right(m, j)) for a tile of I rows and J columns.
template <size_t I, size_t J, class Left, class Right, class Result>
HWY_INLINE void Tile(size_t length, const Left& left, const Right& right, const Result& put) {
  V sums[I][J];
  for (size_t i = 0; i < I; ++i) {
    for (size_t j = 0; j < J; ++j) sums[i][j] = Zero();
  }
  for (size_t m = 0; m < length; ++m) {
    V columns[J];
    for (size_t j = 0; j < J; ++j) columns[j] = right(m, j);
    for (size_t i = 0; i < I; ++i) {
      const V row = left(i, m);
      for (size_t j = 0; j < J; ++j) sums[i][j] = hn::MulAdd(row, columns[j], sums[i][j]);
    }
  }
  for (size_t i = 0; i < I; ++i) {
    for (size_t j = 0; j < J; ++j) put(i, j, sums[i][j]);
  }
}

// self(i, j) = w_i . w_j for j <= i.
void SelfProducts(const Population& p, const GroupBuffers& b) {
  const size_t d = p.dimension;
  ForTiles(p.rows, [&](size_t i, auto rows) {
    ForTiles(i + rows, [&](size_t j, auto columns) {
      Tile<rows, columns>(
          d, [&](size_t r, size_t t) { return At(b.weights, (i + r) * d + t); },
          [&](size_t t, size_t c) { return At(b.weights, (j + c) * d + t); },
          [&](size_t r, size_t c, V sum) { Put(b.self, (i + r) * p.rows + j + c, sum); });
    });
  });
}

// put(i, j, sum over the entries (j, m) of `sparse` times source(i, m)), for rows of `length` vectors.
template <class Result>
HWY_INLINE void SparseProducts(const SparseRows& sparse, size_t columns, const double* source, size_t rows, size_t length,
                               const Result& put) {
  for (size_t j = 0; j < columns; ++j) {
    const uint32_t first = sparse.starts[j];
    ForTiles(rows, [&](size_t i, auto count) {
      Tile<count, 1>(
          sparse.starts[j + 1] - first,
          [&](size_t r, size_t e) { return At(source, (i + r) * length + sparse.columns[first + e]); },
          [&](size_t e, size_t) { return Splat(sparse.values[first + e]); },
          [&](size_t r, size_t, V sum) { put(i + r, j, sum); });
    });
  }
}

// Everything of row i but the product with other rows. Returns its part of the loss.
template <class Pair>
HWY_INLINE V AddTeacher(const Pair& pair, const Population& p, const GroupBuffers& b, size_t i) {
  const PairRow row = {At(b.roots, i), At(b.inverses, i)};
  const V v = At(b.outputWeights, i);
  V alpha = Zero();
  V output = Zero();
  for (size_t j = 0; j < p.teacherRows; ++j) {
    const PairRow target = {At(b.teacherRoots, j), At(b.teacherInverses, j)};
    const PairSlope s = pair.Pair(row, target, At(b.cross, i * p.teacherRows + j));
    const V weight = Splat(-p.teacherOutput[j]);
    alpha = hn::MulAdd(weight, s.alpha, alpha);
    output = hn::MulAdd(weight, s.value, output);
    Put(b.cross, i * p.teacherRows + j, hn::Mul(hn::Mul(v, weight), s.beta));
  }
  const SelfSlope own = pair.Self(At(b.squares, i));
  AddTo(b.alphas, i, hn::MulAdd(v, own.slope, alpha));
  AddTo(b.outputGradient, i, hn::MulAdd(v, own.value, output));
  return hn::Mul(v, hn::MulAdd(hn::Mul(Splat(0.5), v), own.value, output));
}

template <class Pair>
HWY_INLINE V AddOthers(const Pair& pair, const Population& p, const GroupBuffers& b, size_t i) {
  const PairRow row = {At(b.roots, i), At(b.inverses, i)};
  const V v = At(b.outputWeights, i);
  V alpha = Zero();
  V output = Zero();
  for (size_t j = 0; j < i; ++j) {
    const PairSlope s = pair.Pair(row, {At(b.roots, j), At(b.inverses, j)}, At(b.self, i * p.rows + j));
    const V other = At(b.outputWeights, j);
    alpha = hn::MulAdd(other, s.alpha, alpha);
    output = hn::MulAdd(other, s.value, output);
    AddTo(b.alphas, j, hn::Mul(v, s.otherAlpha));
    AddTo(b.outputGradient, j, hn::Mul(v, s.value));
    const V beta = hn::Mul(hn::Mul(v, other), s.beta);
    Put(b.self, i * p.rows + j, beta);
    Put(b.self, j * p.rows + i, beta);
  }
  AddTo(b.alphas, i, alpha);
  AddTo(b.outputGradient, i, output);
  return hn::Mul(v, output);
}

// gradient = self W + cross U, with the factors of w_i itself on the diagonal of `self`.
void Gradient(const Population& p, const GroupBuffers& b) {
  const size_t d = p.dimension;
  for (size_t i = 0; i < p.rows; ++i) Put(b.self, i * p.rows + i, hn::Mul(At(b.outputWeights, i), At(b.alphas, i)));
  ForTiles(p.rows, [&](size_t i, auto rows) {
    ForTiles(d, [&](size_t t, auto features) {
      Tile<rows, features>(
          p.rows, [&](size_t r, size_t m) { return At(b.self, (i + r) * p.rows + m); },
          [&](size_t m, size_t c) { return At(b.weights, m * d + t + c); },
          [&](size_t r, size_t c, V sum) { Put(b.gradient, (i + r) * d + t + c, sum); });
    });
  });
  SparseProducts(b.byFeature, d, b.cross, p.rows, p.teacherRows,
                 [&](size_t i, size_t t, V sum) { AddTo(b.gradient, i * d + t, sum); });
}

template <class Pair>
V EvaluateWith(const Pair& pair, const Population& p, const GroupBuffers& b) {
  SelfProducts(p, b);
  for (size_t i = 0; i < p.rows; ++i) {
    const V square = At(b.self, i * p.rows + i);
    const PairRow row = pair.Row(square);
    Put(b.squares, i, square);
    Put(b.roots, i, row.root);
    Put(b.inverses, i, row.inverse);
    Put(b.alphas, i, Zero());
    Put(b.outputGradient, i, Zero());
  }
  for (size_t j = 0; j < p.teacherRows; ++j) {
    const PairRow row = pair.Row(Splat(b.teacherSquares[j]));
    Put(b.teacherRoots, j, row.root);
    Put(b.teacherInverses, j, row.inverse);
  }
  SparseProducts(b.byRow, p.teacherRows, b.weights, p.rows, p.dimension,
                 [&](size_t i, size_t j, V sum) { Put(b.cross, i * p.teacherRows + j, sum); });
  V loss = Splat(p.constant);
  for (size_t i = 0; i < p.rows; ++i) {
    loss = hn::Add(loss, AddTeacher(pair, p, b, i));
    loss = hn::Add(loss, AddOthers(pair, p, b, i));
  }
  Gradient(p, b);
  return AtLeast(loss, 0.0);  // rounding can make a risk of zero negative
}

HWY_INLINE V SumOfSquaredVectors(const double* vectors, size_t count) {
  V sum = Zero();
  for (size_t i = 0; i < count; ++i) sum = hn::MulAdd(At(vectors, i), At(vectors, i), sum);
  return sum;
}

// Moves vectors[i] of every lane down by stepSizes times slopes[i].
HWY_INLINE void MoveLanes(double* vectors, const double* slopes, size_t count, V stepSizes) {
  for (size_t i = 0; i < count; ++i) Put(vectors, i, hn::NegMulAdd(stepSizes, At(slopes, i), At(vectors, i)));
}

}  // namespace

size_t LaneCount() { return kLanes; }

// Evaluates the group in the buffers: losses and norms (lanes), with the output gradient where `outputToo`.
void EvaluateGroup(const Population& p, const GroupBuffers& b, bool outputToo, double* losses, double* norms) {
  const double(&parameters)[2] = p.activation.parameters;
  V loss = Zero();
  switch (p.activation.kind) {
    case ActivationKind::kRelu:
    case ActivationKind::kLeakyRelu: loss = EvaluateWith(LeakyReluPair(parameters), p, b); break;
    case ActivationKind::kSquaredRelu: loss = EvaluateWith(SquaredReluPair(parameters), p, b); break;
    case ActivationKind::kErf: loss = EvaluateWith(ErfPair(parameters), p, b); break;
    case ActivationKind::kQuadratic: loss = EvaluateWith(QuadraticPair(parameters), p, b); break;
    case ActivationKind::kLinear: loss = EvaluateWith(LinearPair(parameters), p, b); break;
    default: break;
  }
  V squares = SumOfSquaredVectors(b.gradient, p.weights());
  if (outputToo) squares = hn::Add(squares, SumOfSquaredVectors(b.outputGradient, p.rows));
  hn::StoreU(loss, kD, losses);
  hn::StoreU(hn::Sqrt(squares), kD, norms);
}

void MoveGroup(const Population& p, const GroupBuffers& b, bool outputToo, const double* stepSizes) {
  const V steps = hn::LoadU(kD, stepSizes);
  MoveLanes(b.weights, b.gradient, p.weights(), steps);
  if (outputToo) MoveLanes(b.outputWeights, b.outputGradient, p.rows, steps);
}

}  // namespace HWY_NAMESPACE
}  // namespace basin
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace basin {

HWY_EXPORT(LaneCount);
HWY_EXPORT(EvaluateGroup);
HWY_EXPORT(MoveGroup);

namespace {

// Arrays (L, count) to vectors whose lanes are the starts of the group, and back. Lanes without a start repeat the
// first one.
struct Group {
  const size_t* starts;
  size_t count;
  size_t lanes;

  void Read(const double* array, size_t length, double* vectors) const {
    for (size_t lane = 0; lane < lanes; ++lane) {
      const double* const from = array + starts[lane < count ? lane : 0] * length;
      for (size_t i = 0; i < length; ++i) vectors[i * lanes + lane] = from[i];
    }
  }

  void Write(const double* vectors, size_t length, size_t lane, double* array) const {
    double* const to = array + starts[lane] * length;
    for (size_t i = 0; i < length; ++i) to[i] = vectors[i * lanes + lane];
  }
};

void WritePoint(const Population& p, const Descents& state, const GroupBuffers& b, const Group& group, size_t lane) {
  group.Write(b.weights, p.weights(), lane, state.weights);
  if (state.trainOutput) group.Write(b.outputWeights, p.rows, lane, state.outputWeights);
}

// Descends the group until each of its starts has stopped or made `updates` updates.
void DescendGroup(const Population& p, const Descents& state, size_t updates, const StopRule& rule,
                  const int32_t* cancel, const GroupBuffers& b, const Group& group) {
  group.Read(state.weights, p.weights(), b.weights);
  group.Read(state.outputWeights, p.rows, b.outputWeights);
  double losses[kMaxLanes];
  double norms[kMaxLanes];
  double steps[kMaxLanes] = {};
  for (size_t lane = 0; lane < group.count; ++lane) steps[lane] = state.stepSizes[group.starts[lane]];
  size_t running = group.count;
  for (size_t t = 0; t < std::max<size_t>(updates, 1) && running > 0 && !IsCancelled(cancel); ++t) {
    HWY_DYNAMIC_DISPATCH(EvaluateGroup)(p, b, state.trainOutput, losses, norms);
    for (size_t lane = 0; lane < group.count; ++lane) {
      const size_t l = group.starts[lane];
      if (state.status[l] != kRunning) continue;
      ApplyStopRules(state, rule, l, losses[lane], norms[lane]);
      if (state.status[l] == kRunning) {
        state.iterations[l] += updates > 0 ? 1 : 0;
        continue;
      }
      WritePoint(p, state, b, group, lane);
      steps[lane] = 0.0;
      --running;
    }
    if (updates > 0) HWY_DYNAMIC_DISPATCH(MoveGroup)(p, b, state.trainOutput, steps);
  }
  for (size_t lane = 0; lane < group.count; ++lane) {
    if (state.status[group.starts[lane]] == kRunning) WritePoint(p, state, b, group, lane);
  }
}

}  // namespace

bool HasPairs(ActivationKind kind) {
  return kind == ActivationKind::kRelu || kind == ActivationKind::kLeakyRelu || kind == ActivationKind::kSquaredRelu ||
         kind == ActivationKind::kErf || kind == ActivationKind::kQuadratic || kind == ActivationKind::kLinear;
}

size_t PopulationWorkspaceBytes(const Population& population) {
  Workspace counting;
  const GroupBuffers buffers(population, counting);
  return counting.used();
}

void EvaluatePopulation(const Population& p, const PointEvaluation& points, std::span<std::byte> workspace) {
  Workspace parts(workspace);
  const GroupBuffers b(p, parts);
  b.FillTeacher(p);
  const size_t lanes = HWY_DYNAMIC_DISPATCH(LaneCount)();
  double losses[kMaxLanes];
  double norms[kMaxLanes];
  for (size_t first = 0; first < points.starts; first += lanes) {
    size_t starts[kMaxLanes];
    const Group group = {starts, std::min(lanes, points.starts - first), lanes};
    for (size_t lane = 0; lane < group.count; ++lane) starts[lane] = first + lane;
    group.Read(points.weights, p.weights(), b.weights);
    group.Read(points.outputWeights, p.rows, b.outputWeights);
    HWY_DYNAMIC_DISPATCH(EvaluateGroup)(p, b, true, losses, norms);
    for (size_t lane = 0; lane < group.count; ++lane) {
      points.loss[starts[lane]] = losses[lane];
      group.Write(b.gradient, p.weights(), lane, points.gradient);
      group.Write(b.outputGradient, p.rows, lane, points.outputGradient);
    }
  }
}

size_t DescendPopulation(const Population& p, const Descents& state, size_t updates, const StopRule& rule,
                         const int32_t* cancel, std::span<std::byte> workspace) {
  Workspace parts(workspace);
  const GroupBuffers b(p, parts);
  b.FillTeacher(p);
  const size_t lanes = HWY_DYNAMIC_DISPATCH(LaneCount)();
  size_t starts[kMaxLanes];
  size_t count = 0;
  for (size_t l = 0; l < state.starts && !IsCancelled(cancel); ++l) {
    if (state.status[l] == kRunning) starts[count++] = l;
    if (count < lanes && (l + 1 < state.starts || count == 0)) continue;
    DescendGroup(p, state, updates, rule, cancel, b, {starts, count, lanes});
    count = 0;
  }
  return static_cast<size_t>(std::count(state.status, state.status + state.starts, static_cast<int32_t>(kRunning)));
}

}  // namespace basin
#endif  // HWY_ONCE
