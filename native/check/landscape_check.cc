// Compares landscape losses with their definition in long double, pair by pair and term by term, at awkward sizes. It
// also compares whole descents with descents that are cut into several calls.
#include <algorithm>
#include <cmath>

#include "check/check.h"
#include "check/exact.h"
#include "kernels/landscape.h"
#include "kernels/method.h"
#include "kernels/packing.h"

namespace basin::check {
namespace {

using Real = long double;

enum class Curvature { kNone, kIsotropic, kDiagonal, kDense };

struct Case {
  size_t terms;
  size_t dimension;
  size_t rows;
  Curvature curvature;
};

size_t EntriesOf(const Case& c) {
  switch (c.curvature) {
    case Curvature::kDiagonal: return c.dimension;
    case Curvature::kDense: return c.dimension * (c.dimension + 1) / 2;
    default: return 0;
  }
}

constexpr double kSign = -1.0;
constexpr double kMu = 2.5;
constexpr double kPenalty = 0.3;

struct Data {
  explicit Data(const Case& c)
      : g(c.terms * c.dimension), curvatures(c.terms * EntriesOf(c)), packed(PackedSize(c.terms, c.dimension), 7.0),
        packedCurvatures(PackedSize(c.terms, EntriesOf(c)), 7.0), weights(c.terms), a(c.rows * c.dimension),
        second(c.dimension * c.dimension), third(c.dimension * c.dimension), fourth(c.dimension) {
    FillGaussian(g, 1);
    FillGaussian(curvatures, 2);
    FillGaussian(weights, 3, 0.1);
    FillGaussian(a, 4, 0.6);
    FillGaussian(third, 5, 0.2);
    FillGaussian(fourth, 6, 0.2);
    Pack(g, packed, c.terms, c.dimension);
    Pack(curvatures, packedCurvatures, c.terms, EntriesOf(c));
    for (size_t t = 0; t < c.terms; ++t) {
      mass += weights[t];
      for (size_t i = 0; i < c.dimension * c.dimension; ++i) {
        second[i] += weights[t] * g[t * c.dimension + i / c.dimension] * g[t * c.dimension + i % c.dimension];
      }
    }
  }

  static void Pack(const std::vector<double>& rows, Guarded<double>& packed, size_t terms, size_t length) {
    std::copy(rows.begin(), rows.end(), packed.data());
    std::vector<double> scratch(kBlock * length);
    PackInPlace(packed.span(), terms, length, scratch);
  }

  Landscape View(const Case& c) const {
    const bool isotropic = c.curvature == Curvature::kIsotropic;
    const bool diagonal = c.curvature == Curvature::kDiagonal;
    return {{c.terms, c.dimension, c.rows, EntriesOf(c)},
            packed.data(),
            weights.data(),
            EntriesOf(c) == 0 ? nullptr : packedCurvatures.data(),
            {mass, isotropic ? second.data() : nullptr, diagonal ? third.data() : nullptr, diagonal ? fourth.data() : nullptr},
            kSign, kMu, kPenalty};
  }

  Real CurvatureAt(const Case& c, size_t t, size_t i, size_t j) const {
    if (c.curvature == Curvature::kIsotropic) return i == j ? -1 : 0;
    if (c.curvature == Curvature::kDense) return curvatures[t * EntriesOf(c) + TriangleIndex(i, j)];
    return c.curvature == Curvature::kDiagonal && i == j ? curvatures[t * c.dimension + i] : 0;
  }

  std::vector<double> g, curvatures;
  Guarded<double> packed, packedCurvatures;
  std::vector<double> weights, a, second, third, fourth;
  double mass = 0.0;
};

struct Exact {
  Real loss = 0;
  std::vector<Real> gradient;
};

// The value of t1(m, n) for one term, and its derivative with respect to row m; twice the derivative when m = n. Here
// u = a_m and v = a_n.
void AddTerm(const Case& c, const Data& data, size_t t, Exact& exact) {
  const size_t d = c.dimension;
  std::vector<Real> p(c.rows), image(c.rows * d), q(c.rows * c.rows);
  for (size_t m = 0; m < c.rows; ++m) {
    for (size_t i = 0; i < d; ++i) {
      p[m] += static_cast<Real>(data.g[t * d + i]) * data.a[m * d + i];
      for (size_t j = 0; j < d; ++j) image[m * d + i] += data.CurvatureAt(c, t, i, j) * data.a[m * d + j];
    }
  }
  for (size_t m = 0; m < c.rows; ++m) {
    for (size_t n = 0; n < c.rows; ++n) {
      for (size_t i = 0; i < d; ++i) q[m * c.rows + n] += image[m * d + i] * data.a[n * d + i];
    }
  }
  for (size_t m = 0; m < c.rows; ++m) {
    for (size_t n = 0; n < c.rows; ++n) {
      const Real factor = data.weights[t] * kSign * (m == n ? -kMu : 1.0);
      const Real mm = q[m * c.rows + m], nn = q[n * c.rows + n], mn = q[m * c.rows + n];
      exact.loss += factor * (p[m] * p[m] * p[n] * p[n] + mm * p[n] * p[n] + nn * p[m] * p[m] + 4 * mn * p[m] * p[n] +
                              mm * nn + 2 * mn * mn);
      // S4(u, ., v, v): the tensor is symmetric in its four arguments, so rows m and n each get twice this vector.
      for (size_t i = 0; i < d; ++i) {
        const Real g = data.g[t * d + i];
        const Real slot = p[m] * p[n] * p[n] * g + image[m * d + i] * (p[n] * p[n] + nn) + nn * p[m] * g +
                          2 * mn * p[n] * g + 2 * image[n * d + i] * (p[m] * p[n] + mn);
        exact.gradient[m * d + i] += 4 * factor * slot;
      }
    }
  }
}

// sum_ja V_ja (2 u_j^2 v_j v_a + 2 v_j^2 u_j u_a) + sum_j F_j u_j^2 v_j^2 for every pair.
void AddHigher(const Case& c, const Data& data, Exact& exact) {
  const size_t d = c.dimension;
  for (size_t m = 0; m < c.rows; ++m) {
    for (size_t n = 0; n < c.rows; ++n) {
      const Real factor = kSign * (m == n ? -kMu : 1.0);
      const double* const u = data.a.data() + m * d;
      const double* const v = data.a.data() + n * d;
      for (size_t j = 0; j < d; ++j) {
        const Real uj = u[j], vj = v[j], f = factor * data.fourth[j];
        exact.loss += f * uj * uj * vj * vj;
        exact.gradient[m * d + j] += 4 * f * uj * vj * vj;
        for (size_t a = 0; a < d; ++a) {
          const Real third = 2 * factor * data.third[j * d + a];
          exact.loss += third * (uj * uj * vj * v[a] + vj * vj * uj * u[a]);
          exact.gradient[m * d + j] += 2 * third * (2 * uj * vj * v[a] + vj * vj * u[a]);
          exact.gradient[m * d + a] += 2 * third * vj * vj * uj;
        }
      }
    }
  }
}

void AddNorms(const Case& c, const Data& data, Exact& exact) {
  for (size_t m = 0; m < c.rows; ++m) {
    Real excess = -1;
    for (size_t i = 0; i < c.dimension; ++i) excess += static_cast<Real>(data.a[m * c.dimension + i]) * data.a[m * c.dimension + i];
    exact.loss += kPenalty * excess * excess;
    for (size_t i = 0; i < c.dimension; ++i) exact.gradient[m * c.dimension + i] += 4 * kPenalty * excess * data.a[m * c.dimension + i];
  }
}

std::string NameOf(const char* target, const Case& c) {
  return std::string(target) + " landscape T=" + std::to_string(c.terms) + " d=" + std::to_string(c.dimension) + " k=" +
         std::to_string(c.rows) + " curvature " + std::to_string(static_cast<int>(c.curvature));
}

void CheckCase(const char* target, const Case& c) {
  const Data data(c);
  Exact exact;
  exact.gradient.resize(c.rows * c.dimension);
  for (size_t t = 0; t < c.terms; ++t) AddTerm(c, data, t, exact);
  if (c.curvature == Curvature::kDiagonal) AddHigher(c, data, exact);
  AddNorms(c, data, exact);

  const Landscape landscape = data.View(c);
  const AlignedBytes bytes(LandscapeWorkspaceBytes(landscape.shape));
  Workspace workspace(bytes.span());
  Guarded<double> gradient(c.rows * c.dimension, 9.0);
  const double loss = LandscapeEvaluator(landscape.shape, workspace).Evaluate(landscape, data.a.data(), gradient.data());
  Real scale = 1;
  for (const Real value : exact.gradient) scale = std::max(scale, std::fabs(value));
  Expect(std::fabs(loss - exact.loss) <= 1e-12L * std::max(scale, std::fabs(exact.loss)), NameOf(target, c) + ": loss");
  for (size_t i = 0; i < exact.gradient.size(); ++i) {
    Expect(std::fabs(gradient[i] - exact.gradient[i]) <= 1e-12L * scale, NameOf(target, c) + ": gradient");
  }
  Expect(gradient.Intact(), NameOf(target, c) + ": wrote before the gradient");
}

struct StateArrays {
  explicit StateArrays(const Data& data)
      : weights(data.a.size()), first(data.a.size(), 0.0), second(data.a.size(), 0.0), loss(1), norm(1), status(1, 0), iterations(1, 0) {
    std::copy(data.a.begin(), data.a.end(), weights.data());
  }
  MethodState View() {
    return {weights.data(), status.data(), iterations.data(), loss.data(), norm.data()};
  }
  Updates RuleView(UpdateRule rule) {
    Updates updates = {};
    updates.rule = rule;
    updates.momentum = 0.9;
    updates.moments = {first.data(), second.data()};
    return updates;
  }
  bool Intact() const { return weights.Intact() && first.Intact() && second.Intact() && loss.Intact() && norm.Intact(); }
  Guarded<double> weights, first, second, loss, norm;
  Guarded<int32_t> status, iterations;
};

// Six updates in one call and the same six in several calls give the same bits. Rows keep norm 1. A cancelled call
// moves nothing.
void CheckDescent(const char* target, const Case& c, UpdateRule rule) {
  const Data data(c);
  const Landscape landscape = data.View(c);
  const AlignedBytes bytes(LandscapeWorkspaceBytes(landscape.shape));
  Workspace workspace(bytes.span());
  const LandscapeEvaluator evaluator(landscape.shape, workspace);
  std::vector<double> gradient(c.rows * c.dimension);
  const auto evaluate = [&](const double* a, double* g) { return evaluator.Evaluate(landscape, a, g); };
  const auto descend = [&](StateArrays& state, size_t updates, const int32_t* cancel) {
    const Method method = {state.RuleView(rule), true, 1e-3, c.rows, c.dimension};
    DescendBy(method, state.View(), updates, -1.0, cancel, gradient.data(), evaluate);
  };
  StateArrays whole(data);
  StateArrays pieces(data);
  descend(whole, 6, nullptr);
  for (const size_t updates : {1, 0, 2, 3}) descend(pieces, updates, nullptr);
  const std::string name = NameOf(target, c) + " descent";
  Expect(std::equal(whole.weights.data(), whole.weights.data() + whole.weights.size(), pieces.weights.data()), name + ": cutting changed the bits");
  Expect(whole.iterations[0] == 6 && pieces.iterations[0] == 6, name + ": not six updates");
  const int32_t cancelled = 1;
  descend(whole, 6, &cancelled);
  Expect(whole.iterations[0] == 6, name + ": moved when cancelled");
  for (size_t m = 0; m < c.rows; ++m) {
    double norm = 0.0;
    for (size_t i = 0; i < c.dimension; ++i) norm += whole.weights[m * c.dimension + i] * whole.weights[m * c.dimension + i];
    Expect(std::fabs(norm - 1.0) < 1e-14, name + ": a row's norm is not 1");
  }
  Expect(whole.Intact() && pieces.Intact(), name + ": wrote before its state");
}

}  // namespace

void CheckLandscape(const char* target) {
  for (const Curvature curvature : {Curvature::kNone, Curvature::kIsotropic, Curvature::kDiagonal, Curvature::kDense}) {
    for (const size_t terms : {1, 7, 31, 32, 33, 545}) CheckCase(target, {terms, 3, 4, curvature});
    for (const size_t rows : {1, 2, 5, 7, 13}) CheckCase(target, {37, 5, rows, curvature});
    for (const size_t dimension : {1, 2, 8, 9}) CheckCase(target, {37, dimension, 3, curvature});
    for (const UpdateRule rule : AllUpdateRules()) CheckDescent(target, {70, 4, 3, curvature}, rule);
  }
}

}  // namespace basin::check
