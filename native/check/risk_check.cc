// Compares loss, gradient, Hessian product and outputs with the formulas in long double, at awkward sizes.
#include <algorithm>
#include <cmath>

#include "check/check.h"
#include "check/exact.h"
#include "kernels/curvature.h"
#include "kernels/descent.h"
#include "kernels/outputs.h"
#include "kernels/packing.h"
#include "kernels/risk.h"
#include "kernels/single.h"

namespace basin::check {
namespace {

struct Case {
  Geometry shape;
  Activation activation;
  Loss loss;
  size_t starts;
};

std::string NameOf(const char* target, const Case& c) {
  const Geometry& s = c.shape;
  return std::string(target) + " n=" + std::to_string(s.samples) + " d=" + std::to_string(s.dimension) +
         " strides=" + std::to_string(s.strides) + " rows=" + std::to_string(s.rows) +
         " L=" + std::to_string(c.starts) + " activation " + std::to_string(static_cast<int>(c.activation.kind)) +
         " loss " + std::to_string(static_cast<int>(c.loss));
}

// The data of one case, row-major and packed.
struct Data {
  explicit Data(const Case& c)
      : rows(c.shape.samples * c.shape.dimension),
        packed(PackedSize(c.shape.samples, c.shape.dimension), 7.0),
        labels(c.shape.samples),
        weights(c.starts * c.shape.weights()),
        outputWeights(c.starts * c.shape.units()),
        direction(c.shape.weights()),
        outputDirection(c.shape.units()) {
    FillGaussian(rows, 1);
    std::copy(rows.begin(), rows.end(), packed.data());
    std::vector<double> scratch(kBlock * c.shape.dimension);
    PackInPlace(packed.span(), c.shape.samples, c.shape.dimension, scratch);
    for (size_t i = 0; i < labels.size(); ++i) labels[i] = 0.25 + 0.5 * static_cast<double>(i % 2);
    FillGaussian(weights, 2, 0.7);
    FillGaussian(outputWeights, 3);
    FillGaussian(direction, 4);
    FillGaussian(outputDirection, 5);
    // Outputs around 1/2, where the cross entropy is curved.
    for (double& v : outputWeights) v = (0.5 + 0.1 * v) / static_cast<double>(std::max<size_t>(c.shape.units(), 1));
  }
  std::vector<double> rows;
  Guarded<double> packed;
  std::vector<double> labels, weights, outputWeights, direction, outputDirection;
};

struct Exact {
  long double loss = 0;
  std::vector<long double> gradient, outputGradient, product, outputProduct, outputs;
};

long double Dot(const double* w, const double* x, size_t length) {
  long double sum = 0;
  for (size_t j = 0; j < length; ++j) sum += static_cast<long double>(w[j]) * x[j];
  return sum;
}

// Computes one start by the formulas. The Hessian product is along the direction stored with the data.
Exact ExactStart(const Case& c, const Data& data, size_t start) {
  const Geometry& s = c.shape;
  const size_t length = s.rowLength();
  const double* const w = data.weights.data() + start * s.weights();
  const double* const v = data.outputWeights.data() + start * s.units();
  Exact exact;
  exact.gradient.resize(s.weights());
  exact.product.resize(s.weights());
  exact.outputGradient.resize(s.units());
  exact.outputProduct.resize(s.units());
  std::vector<ExactValues> phi(s.units());
  std::vector<long double> moved(s.units());
  for (size_t i = 0; i < s.samples; ++i) {
    const double* const x = data.rows.data() + i * s.dimension;
    long double f = 0;
    long double fMoved = 0;
    for (size_t u = 0; u < s.units(); ++u) {
      const double* const input = x + u / s.rows * length;
      phi[u] = ExactActivation(c.activation, Dot(w + u % s.rows * length, input, length));
      moved[u] = Dot(data.direction.data() + u % s.rows * length, input, length);
      f += v[u] * phi[u].value;
      fMoved += v[u] * phi[u].slope * moved[u] + data.outputDirection[u] * phi[u].value;
    }
    exact.outputs.push_back(f);
    const ExactValues loss = ExactLoss(c.loss, f, data.labels[i]);
    const auto n = static_cast<long double>(s.samples);
    exact.loss += loss.value / n;
    for (size_t u = 0; u < s.units(); ++u) {
      const double* const input = x + u / s.rows * length;
      const long double bent = data.outputDirection[u] * phi[u].slope + v[u] * phi[u].curvature * moved[u];
      const long double coefficient = loss.curvature * fMoved * v[u] * phi[u].slope + loss.slope * bent;
      for (size_t j = 0; j < length; ++j) {
        exact.gradient[u % s.rows * length + j] += loss.slope * v[u] * phi[u].slope * input[j] / n;
        exact.product[u % s.rows * length + j] += coefficient * input[j] / n;
      }
      exact.outputGradient[u] += loss.slope * phi[u].value / n;
      exact.outputProduct[u] += (loss.curvature * fMoved * phi[u].value + loss.slope * phi[u].slope * moved[u]) / n;
    }
  }
  return exact;
}

// The error relative to the largest entry, because entries are sums of n terms of both signs.
void ExpectClose(const std::string& what, const double* got, const std::vector<long double>& exact) {
  long double scale = 1e-300L;
  long double worst = 0;
  for (size_t i = 0; i < exact.size(); ++i) {
    scale = std::max(scale, std::fabs(exact[i]));
    const long double error = std::fabs(got[i] - exact[i]);
    if (!(error <= worst)) worst = error;
  }
  Expect(worst <= 2e-13L * std::max(scale, 1e-3L), what + ": off by " + std::to_string(static_cast<double>(worst / scale)));
}

// Results in floats agree with those in doubles up to the rounding of floats.
void ExpectNear(const std::string& what, std::span<const double> got, std::span<const double> exact) {
  double scale = 1e-3;
  double worst = 0;
  for (size_t i = 0; i < exact.size(); ++i) {
    scale = std::max(scale, std::fabs(exact[i]));
    worst = std::max(worst, std::fabs(got[i] - exact[i]));
  }
  Expect(worst <= 1e-5 * scale, what + ": off by " + std::to_string(worst / scale));
}

Problem ProblemInDoubles(const Case& c, const Data& data) {
  return {c.shape, data.packed.data(), data.labels.data(), c.activation, c.loss};
}

// Checks the gradient in floats, and that one call of two steps equals two calls of one step.
void CheckSingle(const std::string& name, const Case& c, const Data& data, std::span<const double> gradient,
                 std::span<const double> outputGradient) {
  const Geometry& s = c.shape;
  Guarded<float> inputs(data.packed.size());
  Guarded<float> labels(s.samples);
  std::transform(data.packed.data(), data.packed.data() + inputs.size(), inputs.data(), [](double x) { return static_cast<float>(x); });
  std::ranges::transform(data.labels, labels.data(), [](double y) { return static_cast<float>(y); });
  const ProblemOf<float> problem = {s, inputs.data(), labels.data(), c.activation, c.loss};
  Guarded<double> single(gradient.size(), 9.0);
  Guarded<double> outputSingle(outputGradient.size(), 9.0);
  Guarded<double> leastNorm(c.starts, 9e9);
  Guarded<double> largestLoss(c.starts, 0.0);
  const std::vector<double> stepSizes(c.starts, 0.01);
  const AlignedBytes workspace(SingleWorkspaceBytes(s, c.starts, true));
  const auto descend = [&](std::vector<double>& w, std::vector<double>& v, size_t updates) {
    DescendSingle(problem, {c.starts, w.data(), v.data(), stepSizes.data(), single.data(), outputSingle.data(),
                            leastNorm.data(), largestLoss.data()}, updates, nullptr, workspace.span());
  };
  std::vector<double> w = data.weights, v = data.outputWeights;
  descend(w, v, 0);
  Expect(w == data.weights && v == data.outputWeights, name + " single: moved without a step");
  ExpectNear(name + " single gradient", single.span(), gradient);
  ExpectNear(name + " single output gradient", outputSingle.span(), outputGradient);
  std::vector<double> pieces = w, outputPieces = v;
  descend(w, v, 2);
  descend(pieces, outputPieces, 1);
  descend(pieces, outputPieces, 1);
  Expect(w == pieces && v == outputPieces, name + " single: cutting changed the bits");
  Expect(single.Intact() && outputSingle.Intact() && leastNorm.Intact() && largestLoss.Intact(), name + " single: wrote before an output");
}

void CheckEvaluation(const std::string& name, const Case& c, Data& data, const std::vector<Exact>& exact) {
  const Geometry& s = c.shape;
  Guarded<double> loss(c.starts, 9.0);
  Guarded<double> gradient(c.starts * s.weights(), 9.0);
  Guarded<double> outputGradient(c.starts * s.units(), 9.0);
  const AlignedBytes workspace(EvaluationWorkspaceBytes(s, c.starts));
  EvaluatePoints(ProblemInDoubles(c, data),
                 {c.starts, data.weights.data(), data.outputWeights.data(), loss.data(), gradient.data(),
                  outputGradient.data()}, workspace.span());
  for (size_t l = 0; l < c.starts; ++l) {
    ExpectClose(name + " loss", loss.data() + l, {exact[l].loss});
    ExpectClose(name + " gradient", gradient.data() + l * s.weights(), exact[l].gradient);
    ExpectClose(name + " output gradient", outputGradient.data() + l * s.units(), exact[l].outputGradient);
  }
  Expect(loss.Intact() && gradient.Intact() && outputGradient.Intact(), name + ": wrote before an output");
  // Floats clip the cross entropy at another value: results agree only where outputs stay inside (0, 1).
  if (c.loss != Loss::kCrossEntropy || c.activation.kind == ActivationKind::kSigmoid) {
    CheckSingle(name, c, data, gradient.span(), outputGradient.span());
  }
}

std::vector<double> Repeated(const std::vector<double>& values, size_t times) {
  std::vector<double> out;
  for (size_t i = 0; i < times; ++i) out.insert(out.end(), values.begin(), values.end());
  return out;
}

// The same direction at every start.
void CheckProducts(const std::string& name, const Case& c, Data& data, const std::vector<Exact>& exact) {
  const Geometry& s = c.shape;
  Guarded<double> products(c.starts * s.weights(), 9.0);
  Guarded<double> outputProducts(c.starts * s.units(), 9.0);
  const std::vector<double> directions = Repeated(data.direction, c.starts);
  const std::vector<double> outputDirections = Repeated(data.outputDirection, c.starts);
  const AlignedBytes workspace(CurvatureWorkspaceBytes(s, c.starts, true));
  MultiplyHessians(ProblemInDoubles(c, data),
                   {c.starts, data.weights.data(), data.outputWeights.data(), directions.data(),
                    outputDirections.data(), products.data(), outputProducts.data()}, workspace.span());
  for (size_t l = 0; l < c.starts; ++l) {
    ExpectClose(name + " Hessian product", products.data() + l * s.weights(), exact[l].product);
    ExpectClose(name + " Hessian output product", outputProducts.data() + l * s.units(), exact[l].outputProduct);
  }
  Expect(products.Intact() && outputProducts.Intact(), name + ": wrote before a product");
}

// A dense Hessian: one point, a direction along every single variable, v held fixed. Multiplied by the direction of the
// data, it gives the exact product.
void CheckDense(const std::string& name, const Case& c) {
  Data data(c);
  std::fill(data.outputDirection.begin(), data.outputDirection.end(), 0.0);
  const size_t size = c.shape.weights();
  data.weights.resize(size);
  data.outputWeights.resize(c.shape.units());
  const std::vector<double> weights = Repeated(data.weights, size);
  const std::vector<double> outputWeights = Repeated(data.outputWeights, size);
  std::vector<double> directions(size * size, 0.0);
  for (size_t i = 0; i < size; ++i) directions[i * size + i] = 1.0;
  Guarded<double> hessian(size * size, 9.0);
  const AlignedBytes workspace(CurvatureWorkspaceBytes(c.shape, size, false));
  MultiplyHessians(ProblemInDoubles(c, data), {size, weights.data(), outputWeights.data(), directions.data(), nullptr,
                                               hessian.data(), nullptr}, workspace.span());
  std::vector<double> product(size, 0.0);
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = 0; j < size; ++j) product[j] += data.direction[i] * hessian.data()[i * size + j];
  }
  ExpectClose(name + " dense Hessian", product.data(), ExactStart(c, data, 0).product);
  Expect(hessian.Intact(), name + ": wrote before the Hessian");
}

void CheckOutputs(const std::string& name, const Case& c, Data& data, const Exact& exact) {
  Guarded<double> outputs(c.shape.samples, 9.0);
  const AlignedBytes workspace(OutputsWorkspaceBytes(c.shape));
  NetworkOutputs(c.shape, data.packed.data(), c.activation, data.weights.data(), data.outputWeights.data(),
                 outputs.span(), workspace.span());
  ExpectClose(name + " outputs", outputs.data(), exact.outputs);
  Expect(outputs.Intact(), name + ": wrote before the outputs");
}

void CheckCase(const char* target, const Case& c) {
  const std::string name = NameOf(target, c);
  Data data(c);
  std::vector<Exact> exact;
  for (size_t l = 0; l < c.starts; ++l) exact.push_back(ExactStart(c, data, l));
  CheckEvaluation(name, c, data, exact);
  if (c.starts == 0) return;
  CheckProducts(name, c, data, exact);
  CheckDense(name, c);
  CheckOutputs(name, c, data, exact[0]);
}

struct DescentArrays {
  DescentArrays(const Case& c, const Data& data, double stepSize)
      : weights(data.weights.size()), outputWeights(data.outputWeights.size()), stepSizes(c.starts, stepSize),
        firstLoss(c.starts, std::nan("")), loss(c.starts), gradientNorm(c.starts), status(c.starts, 0),
        iterations(c.starts, 0), first(data.weights.size() + data.outputWeights.size(), 0.0),
        second(data.weights.size() + data.outputWeights.size(), 0.0) {
    std::copy(data.weights.begin(), data.weights.end(), weights.data());
    std::copy(data.outputWeights.begin(), data.outputWeights.end(), outputWeights.data());
    for (size_t l = 0; l < c.starts; ++l) stepSizes[l] *= static_cast<double>(l + 1);
  }
  Descents View(size_t starts, bool backtracking, UpdateRule rule) {
    Updates updates = {};
    updates.rule = rule;
    updates.momentum = 0.9;
    if (rule != UpdateRule::kGd) updates.moments = {first.data(), second.data()};
    return {starts, weights.data(), outputWeights.data(), true, false, stepSizes.data(), status.data(),
            iterations.data(), firstLoss.data(), loss.data(), gradientNorm.data(), backtracking, updates};
  }
  bool Intact() const {
    return weights.Intact() && outputWeights.Intact() && stepSizes.Intact() && firstLoss.Intact() && loss.Intact() &&
           gradientNorm.Intact() && status.Intact() && iterations.Intact() && first.Intact() && second.Intact();
  }
  Guarded<double> weights, outputWeights, stepSizes, firstLoss, loss, gradientNorm;
  Guarded<int32_t> status, iterations;
  Guarded<double> first, second;
};

bool SameBits(const Guarded<double>& a, const Guarded<double>& b) {
  return std::equal(a.data(), a.data() + a.size(), b.data(), b.data() + b.size());
}

// Six updates in one call and the same six in several calls give the same bits. Backtracking begins with steps that are
// too long.
void CheckDescent(const char* target, const Case& c, bool backtracking, UpdateRule method = UpdateRule::kGd) {
  const std::string name = NameOf(target, c) + (backtracking ? " backtracking" : " descent by ") +
                           (backtracking ? "" : kUpdateRuleNames[static_cast<size_t>(method)]);
  const Data data(c);
  const StopRule rule = {-1.0, 1e6, 1e-24};
  const AlignedBytes workspace(DescentWorkspaceBytes(c.shape, c.starts, true, backtracking));
  DescentArrays whole(c, data, backtracking ? 1e4 : 0.05);
  DescentArrays pieces(c, data, backtracking ? 1e4 : 0.05);
  Descend(ProblemInDoubles(c, data), whole.View(c.starts, backtracking, method), 6, rule, nullptr, workspace.span());
  for (const size_t updates : {1, 0, 2, 3}) {
    Descend(ProblemInDoubles(c, data), pieces.View(c.starts, backtracking, method), updates, rule, nullptr, workspace.span());
  }
  const auto sixUpdates = [&] {
    return std::ranges::all_of(whole.iterations.span(), [](int32_t t) { return t == 6; });
  };
  Expect(SameBits(whole.weights, pieces.weights) && SameBits(whole.stepSizes, pieces.stepSizes),
         name + ": cutting changed the bits");
  Expect(sixUpdates(), name + ": not six updates");
  if (backtracking && c.starts > 0) Expect(whole.stepSizes.data()[0] < 1e4, name + ": took no step back");
  const int32_t cancelled = 1;
  Descend(ProblemInDoubles(c, data), whole.View(c.starts, backtracking, method), 6, rule, &cancelled, workspace.span());
  Expect(sixUpdates(), name + ": moved when cancelled");
  Expect(whole.Intact() && pieces.Intact(), name + ": wrote before its state");
}

}  // namespace

void CheckRisk(const char* target) {
  const Activation sigmoid = {ActivationKind::kSigmoid, {1, 0}};
  for (const size_t samples : {0, 1, 7, 31, 32, 33, 97, 513, 545}) {
    for (const size_t dimension : {1, 2, 5, 8, 9, 13}) {
      for (const size_t rows : {1, 2, 3, 5, 6, 7, 11, 13}) {
        CheckCase(target, {{samples, dimension, 1, rows}, sigmoid, Loss::kSquared, 1 + rows % 3});
      }
    }
  }
  for (const Activation& activation : AllActivations()) {
    for (const Loss loss : AllLosses()) {
      CheckCase(target, {{41, 12, 1, 5}, activation, loss, 3});
      CheckCase(target, {{41, 12, 4, 1}, activation, loss, 7});
      CheckCase(target, {{41, 12, 2, 3}, activation, loss, 2});
    }
  }
  for (const size_t starts : {0, 1, 7, 20, 67}) {
    CheckCase(target, {{37, 6, 1, 3}, sigmoid, Loss::kSquared, starts});
    for (const Geometry& shape : {Geometry{37, 6, 1, 3}, Geometry{37, 6, 3, 1}}) {
      CheckDescent(target, {shape, sigmoid, Loss::kSquared, starts}, true);
      for (const UpdateRule rule : AllUpdateRules()) {
        CheckDescent(target, {shape, sigmoid, Loss::kSquared, starts}, false, rule);
      }
    }
  }
  CheckCase(target, {{33, 1201, 1, 2}, sigmoid, Loss::kSquared, 2});
}

}  // namespace basin::check
