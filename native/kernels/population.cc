#include "kernels/population.h"

#include <algorithm>

#include "kernels/descent_rules.h"
#include "kernels/population_buffers.h"
#include "kernels/simd_targets.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/population.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/pairs-inl.h"
#include "kernels/tiles-inl.h"

HWY_BEFORE_NAMESPACE();
namespace basin {
namespace HWY_NAMESPACE {
namespace {

// Stores of vectors may alias everything, so the functions with loops have their arguments by value: the pointers in
// them stay in registers.

// self(i, j) = w_i . w_j for j <= i.
void SelfProducts(Population p, GroupBuffers b) {
  const size_t d = p.dimension;
  ForTiles<kTileRows>(p.rows, [&](size_t i, auto rows) {
    ForTiles<kTileColumns>(i + rows, [&](size_t j, auto columns) {
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
  ForTiles<kTileRows>(rows, [&](size_t i, auto count) {
    for (size_t j = 0; j < columns; ++j) {
      const uint32_t first = sparse.starts[j];
      Tile<count, 1>(
          sparse.starts[j + 1] - first,
          [&](size_t r, size_t e) { return At(source, (i + r) * length + sparse.columns[first + e]); },
          [&](size_t e, size_t) { return Splat(sparse.values[first + e]); },
          [&](size_t r, size_t, V sum) { put(i + r, j, sum); });
    }
  });
}

// What a pair adds to a sum of values: k itself, or its part beta w . u where the rest follows from alpha at the end.
template <class Pair>
HWY_INLINE V AddValue(const Pair&, const PairSlope& s, V weight, V product, V sum) {
  return hn::MulAdd(weight, Pair::kDegree == 0 ? s.value : hn::Mul(s.beta, product), sum);
}

// A sum of values whose parts AddValue has added, over pairs whose factors of w_i sum to alpha.
template <class Pair>
HWY_INLINE V ValueOf(const Pair&, V sum, V alpha, V square) {
  return Pair::kDegree == 0 ? sum : hn::Mul(Splat(1.0 / std::max(Pair::kDegree, 1)), hn::MulAdd(alpha, square, sum));
}

// Calls close(j, open(j)) for every j < count, and opens each pair before the one ahead of it is closed: a pair is a
// long chain of operations, and a processor overlaps short ones better.
template <class Open, class Close>
HWY_INLINE void Overlapped(size_t count, const Open& open, const Close& close) {
  if (count == 0) return;
  PairAngle next = open(0);
  for (size_t j = 0; j < count; ++j) {
    const PairAngle now = next;
    next = open(std::min(j + 1, count - 1));
    close(j, now);
  }
}

// The pairs of row i with the teacher. Returns their part of dF/dv_i.
template <class Pair>
HWY_INLINE V AddTeacher(const Pair& pair, const Population& p, const GroupBuffers& b, size_t i) {
  const PairRow row = {At(b.roots, i), At(b.inverses, i)};
  const V v = At(b.outputWeights, i);
  V bends = Zero();
  V output = Zero();
  const auto target = [&](size_t j) { return PairRow{At(b.teacherRoots, j), At(b.teacherInverses, j)}; };
  const auto productWith = [&](size_t j) { return At(b.cross, i * p.teacherRows + j); };
  const auto open = [&](size_t j) { return pair.Angle(row, target(j), productWith(j)); };
  Overlapped(p.teacherRows, open, [&](size_t j, PairAngle angle) {
    const V product = productWith(j);
    const PairSlope s = pair.Slope(angle, row, target(j), product);
    const V weight = Splat(-p.teacherOutput[j]);
    bends = hn::MulAdd(At(b.teacherOthers, j), s.bend, bends);
    output = AddValue(pair, s, weight, product, output);
    Put(b.cross, i * p.teacherRows + j, hn::Mul(hn::Mul(v, weight), s.beta));
  });
  AddTo(b.alphas, i, bends);
  AddTo(b.outputGradient, i, output);
  return ValueOf(pair, output, hn::Mul(At(b.owns, i), bends), At(b.squares, i));
}

// The pairs of row i with the rows before it.
template <class Pair>
HWY_INLINE void AddOthers(const Pair& pair, const Population& p, const GroupBuffers& b, size_t i) {
  const PairRow row = {At(b.roots, i), At(b.inverses, i)};
  const V v = At(b.outputWeights, i);
  const V own = At(b.others, i);
  V bends = Zero();
  V output = Zero();
  const auto target = [&](size_t j) { return PairRow{At(b.roots, j), At(b.inverses, j)}; };
  const auto productWith = [&](size_t j) { return At(b.self, i * p.rows + j); };
  const auto open = [&](size_t j) { return pair.Angle(row, target(j), productWith(j)); };
  Overlapped(i, open, [&](size_t j, PairAngle angle) {
    const V product = productWith(j);
    const PairSlope s = pair.Slope(angle, row, target(j), product);
    const V other = At(b.outputWeights, j);
    bends = hn::MulAdd(At(b.others, j), s.bend, bends);
    output = AddValue(pair, s, other, product, output);
    Put(b.alphas, j, hn::MulAdd(own, s.bend, At(b.alphas, j)));
    Put(b.outputGradient, j, AddValue(pair, s, v, product, At(b.outputGradient, j)));
    const V beta = hn::Mul(hn::Mul(v, other), s.beta);
    Put(b.self, i * p.rows + j, beta);
    Put(b.self, j * p.rows + i, beta);
  });
  AddTo(b.alphas, i, bends);
  AddTo(b.outputGradient, i, output);
}

// Completes dF/dv_i by the pair of row i with itself, and puts the factor of w_i in dF/dw_i on the diagonal of `self`.
template <class Pair>
HWY_INLINE void AddItself(const Pair& pair, const Population& p, const GroupBuffers& b, size_t i) {
  const V v = At(b.outputWeights, i);
  const V square = At(b.squares, i);
  const V alpha = hn::Mul(At(b.owns, i), At(b.alphas, i));
  const SelfSlope own = pair.Self(square);
  Put(b.outputGradient, i, hn::MulAdd(v, own.value, ValueOf(pair, At(b.outputGradient, i), alpha, square)));
  Put(b.self, i * p.rows + i, hn::Mul(v, hn::MulAdd(v, own.slope, alpha)));
}

// gradient = self W + cross U. Returns its squared norm.
V Gradient(Population p, GroupBuffers b) {
  const size_t d = p.dimension;
  V squares = Zero();
  SparseProducts(b.byFeature, d, b.cross, p.rows, p.teacherRows,
                 [&](size_t i, size_t t, V sum) { Put(b.gradient, i * d + t, sum); });
  ForTiles<kTileRows>(p.rows, [&](size_t i, auto rows) {
    ForTiles<kTileColumns>(d, [&](size_t t, auto features) {
      Tile<rows, features>(
          p.rows, [&](size_t r, size_t m) { return At(b.self, (i + r) * p.rows + m); },
          [&](size_t m, size_t c) { return At(b.weights, m * d + t + c); },
          [&](size_t r, size_t c, V sum) {
            const V total = hn::Add(sum, At(b.gradient, (i + r) * d + t + c));
            Put(b.gradient, (i + r) * d + t + c, total);
            squares = hn::MulAdd(total, total, squares);
          });
    });
  });
  return squares;
}

template <class Pair>
HWY_INLINE void FillRows(const Pair& pair, const Population& p, const GroupBuffers& b) {
  for (size_t i = 0; i < p.rows; ++i) {
    const V square = At(b.self, i * p.rows + i);
    const PairRow row = pair.Row(square);
    Put(b.squares, i, square);
    Put(b.roots, i, row.root);
    Put(b.inverses, i, row.inverse);
    Put(b.owns, i, pair.Own(row));
    Put(b.others, i, hn::Mul(At(b.outputWeights, i), pair.Other(row)));
    Put(b.alphas, i, Zero());
    Put(b.outputGradient, i, Zero());
  }
  for (size_t j = 0; j < p.teacherRows; ++j) {
    const PairRow row = pair.Row(Splat(b.teacherSquares[j]));
    Put(b.teacherRoots, j, row.root);
    Put(b.teacherInverses, j, row.inverse);
    Put(b.teacherOthers, j, hn::Mul(Splat(-p.teacherOutput[j]), pair.Other(row)));
  }
}

// A risk, and the squared norm of its gradient in W.
struct Evaluated {
  V loss;
  V squares;
};

// F = constant + 1/2 sum of v_i (dF/dv_i + the teacher's part of dF/dv_i).
template <class Pair>
Evaluated EvaluateWith(Pair pair, Population p, GroupBuffers b) {
  SelfProducts(p, b);
  FillRows(pair, p, b);
  SparseProducts(b.byRow, p.teacherRows, b.weights, p.rows, p.dimension,
                 [&](size_t i, size_t j, V sum) { Put(b.cross, i * p.teacherRows + j, sum); });
  V twice = Zero();
  for (size_t i = 0; i < p.rows; ++i) {
    twice = hn::MulAdd(At(b.outputWeights, i), AddTeacher(pair, p, b, i), twice);
    AddOthers(pair, p, b, i);
  }
  for (size_t i = 0; i < p.rows; ++i) {
    AddItself(pair, p, b, i);
    twice = hn::MulAdd(At(b.outputWeights, i), At(b.outputGradient, i), twice);
  }
  const V loss = hn::MulAdd(Splat(0.5), twice, Splat(p.constant));
  return {AtLeast(loss, 0.0), Gradient(p, b)};  // rounding can make a risk of zero negative
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
  Evaluated at = {Zero(), Zero()};
  switch (p.activation.kind) {
    case ActivationKind::kRelu:
    case ActivationKind::kLeakyRelu: at = EvaluateWith(LeakyReluPair(parameters), p, b); break;
    case ActivationKind::kSquaredRelu: at = EvaluateWith(SquaredReluPair(parameters), p, b); break;
    case ActivationKind::kErf: at = EvaluateWith(ErfPair(parameters), p, b); break;
    case ActivationKind::kQuadratic: at = EvaluateWith(QuadraticPair(parameters), p, b); break;
    case ActivationKind::kLinear: at = EvaluateWith(LinearPair(parameters), p, b); break;
    default: break;
  }
  if (outputToo) at.squares = hn::Add(at.squares, SumOfSquaredVectors(b.outputGradient, p.rows));
  hn::StoreU(at.loss, kD, losses);
  hn::StoreU(hn::Sqrt(at.squares), kD, norms);
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

// The variables of a start that a descent moves: W, then v if it is trained.
size_t Variables(const Population& p, const Descents& state) {
  return p.weights() + (state.trainOutput ? p.rows : 0);
}

void ReadStarts(const Population& p, const Descents& state, const GroupBuffers& b, const Group& group) {
  group.Read(state.weights, p.weights(), b.weights);
  group.Read(state.outputWeights, p.rows, b.outputWeights);
  if (!state.updates.HasMoments()) return;
  group.Read(state.updates.moments.first, Variables(p, state), b.moments.first);
  group.Read(state.updates.moments.second, Variables(p, state), b.moments.second);
}

void WriteStart(const Population& p, const Descents& state, const GroupBuffers& b, const Group& group, size_t lane) {
  group.Write(b.weights, p.weights(), lane, state.weights);
  if (state.trainOutput) group.Write(b.outputWeights, p.rows, lane, state.outputWeights);
  if (!state.updates.HasMoments()) return;
  group.Write(b.moments.first, Variables(p, state), lane, state.updates.moments.first);
  group.Write(b.moments.second, Variables(p, state), lane, state.updates.moments.second);
}

void TurnGroup(const Population& p, const Descents& state, const GroupBuffers& b, const Group& group,
               const double* made) {
  Turn(state.updates, b.moments, made, group.lanes, p.weights(), b.gradient);
  if (!state.trainOutput) return;
  Turn(state.updates, b.moments.From(p.weights() * group.lanes), made, group.lanes, p.rows, b.outputGradient);
}

// Descends the group until each of its starts has stopped or made `updates` updates.
void DescendGroup(const Population& p, const Descents& state, size_t updates, const StopRule& rule,
                  const int32_t* cancel, const GroupBuffers& b, const Group& group) {
  ReadStarts(p, state, b, group);
  double losses[kMaxLanes];
  double norms[kMaxLanes];
  double steps[kMaxLanes] = {};
  double made[kMaxLanes] = {};
  size_t running = group.count;
  for (size_t t = 0; t < std::max<size_t>(updates, 1) && running > 0 && !IsCancelled(cancel); ++t) {
    HWY_DYNAMIC_DISPATCH(EvaluateGroup)(p, b, state.trainOutput, losses, norms);
    for (size_t lane = 0; lane < group.count; ++lane) {
      const size_t l = group.starts[lane];
      if (state.status[l] != kRunning) continue;
      ApplyStopRules(state, rule, l, losses[lane], norms[lane]);
      if (state.status[l] == kRunning) {
        if (updates == 0) continue;
        made[lane] = static_cast<double>(state.iterations[l]);
        steps[lane] = state.stepSizes[l] * state.updates.Factor(state.iterations[l]++);
        continue;
      }
      WriteStart(p, state, b, group, lane);
      steps[lane] = 0.0;
      --running;
    }
    if (updates == 0) continue;
    TurnGroup(p, state, b, group, made);
    HWY_DYNAMIC_DISPATCH(MoveGroup)(p, b, state.trainOutput, steps);
  }
  for (size_t lane = 0; lane < group.count; ++lane) {
    if (state.status[group.starts[lane]] == kRunning) WriteStart(p, state, b, group, lane);
  }
}

}  // namespace

bool HasPairs(ActivationKind kind) {
  return kind == ActivationKind::kRelu || kind == ActivationKind::kLeakyRelu || kind == ActivationKind::kSquaredRelu ||
         kind == ActivationKind::kErf || kind == ActivationKind::kQuadratic || kind == ActivationKind::kLinear;
}

size_t PopulationWorkspaceBytes(const Population& population, const Updates& updates) {
  Workspace counting;
  const GroupBuffers buffers(population, updates, counting);
  return counting.used();
}

void EvaluatePopulation(const Population& p, const PointEvaluation& points, std::span<std::byte> workspace) {
  Workspace parts(workspace);
  const GroupBuffers b(p, {}, parts);
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
  const GroupBuffers b(p, state.updates, parts);
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
