#include "kernels/landscape.h"

#include "args.h"
#include "bindings/bindings.h"
#include "bindings/problem.h"
#include "bindings/updates.h"
#include "kernels/method.h"
#include "kernels/packing.h"
#include "kernels/risk.h"

namespace basin {
namespace {

const double* OptionalDoubles(Arguments& args, const char* name, size_t length) {
  return args.OptionalArray<double>(name, length);
}

Landscape ReadLandscape(Arguments& args) {
  Landscape landscape = {};
  LandscapeShape& shape = landscape.shape;
  shape.terms = args.Size("terms");
  const size_t d = shape.dimension = args.Size("dimension");
  shape.rows = args.Size("rows");
  const size_t entries = args.Size("curvatureLength");
  const size_t dense = Times(d, d + 1) / 2;
  if (entries != 0 && entries != d && entries != dense) {
    args.Refuse("curvatureLength", "0, d or d(d+1)/2", Napi::Number::New(args.env(), static_cast<double>(entries)));
  }
  shape.curvatureLength = entries;
  landscape.gradients = args.Doubles("gradients", Times(PaddedSamples(shape.terms), d)).data();
  landscape.weights = args.Doubles("weights", shape.terms).data();
  landscape.curvatures = OptionalDoubles(args, "curvatures", Times(PaddedSamples(shape.terms), entries));
  if ((landscape.curvatures == nullptr) != (entries == 0)) {
    args.Refuse("curvatures", "given exactly when curvatureLength is not 0", args.env().Undefined());
  }
  landscape.moments.mass = args.Number("mass");
  landscape.moments.second = OptionalDoubles(args, "second", Times(d, d));
  landscape.moments.third = OptionalDoubles(args, "third", Times(d, d));
  landscape.moments.fourth = OptionalDoubles(args, "fourth", d);
  landscape.sign = args.Number("sign");
  landscape.mu = args.Number("mu");
  landscape.penalty = args.Number("penalty");
  return landscape;
}

// What a descent by a method reads after its problem.
struct Call {
  Method method;
  MethodState state;
  size_t updates;
  double tolerance;
  const int32_t* cancel;
};

Call ReadCall(Arguments& args, size_t rows, size_t rowLength) {
  Call call = {};
  Method& method = call.method;
  method.rows = rows;
  method.rowLength = rowLength;
  method.unitRows = args.Boolean("unitRows");
  method.stepSize = args.Number("stepSize");
  MethodState& state = call.state;
  state.weights = args.Doubles("weights", method.weights()).data();
  state.status = args.Array<int32_t>("status", 1).data();
  state.iterations = args.Array<int32_t>("iterations", 1).data();
  state.loss = args.Doubles("loss", 1).data();
  state.gradientNorm = args.Doubles("gradientNorm", 1).data();
  call.updates = args.Size("updates");
  call.tolerance = args.Number("tolerance");
  call.cancel = args.OptionalArray<int32_t>("cancel", 1);
  method.updates = ReadUpdates(args, {1, method.weights(), state.status, state.iterations, call.updates});
  return call;
}

}  // namespace

void EvaluateLandscape(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const Landscape landscape = ReadLandscape(args);
  const double* const weights = args.Doubles("rows", landscape.shape.weights()).data();
  double* const loss = args.Doubles("loss", 1).data();
  double* const gradient = args.Doubles("gradient", landscape.shape.weights()).data();
  const Scratch scratch(args.env(), LandscapeWorkspaceBytes(landscape.shape));
  Workspace workspace(scratch);
  *loss = LandscapeEvaluator(landscape.shape, workspace).Evaluate(landscape, weights, gradient);
}

Napi::Value DescendLandscape(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const Landscape landscape = ReadLandscape(args);
  const LandscapeShape& shape = landscape.shape;
  const Call call = ReadCall(args, shape.rows, shape.dimension);
  const size_t gradientBytes = (shape.weights() + kMaxLanes) * sizeof(double);
  const Scratch scratch(args.env(), LandscapeWorkspaceBytes(shape) + gradientBytes);
  Workspace workspace(scratch);
  const LandscapeEvaluator evaluator(shape, workspace);
  double* const gradient = workspace.Take<double>(shape.weights());
  const bool running = DescendBy(call.method, call.state, call.updates, call.tolerance, call.cancel, gradient,
                                 [&](const double* a, double* g) { return evaluator.Evaluate(landscape, a, g); });
  return Napi::Number::New(args.env(), running ? 1 : 0);
}

Napi::Value DescendRisk(const Napi::CallbackInfo& info) {
  Arguments args(info);
  Problem problem = ReadProblem(args);
  const Geometry& shape = problem.shape;
  ReadLabels(args, problem);
  const double* const outputWeights = args.Doubles("outputWeights", shape.units()).data();
  const Call call = ReadCall(args, shape.rows, shape.rowLength());
  Workspace counting;
  RiskEvaluator(shape, 1, false, counting);
  counting.Take<double>(shape.weights());
  const Scratch scratch(args.env(), counting.used());
  Workspace workspace(scratch);
  const RiskEvaluator evaluator(shape, 1, false, workspace);
  double* const gradient = workspace.Take<double>(shape.weights());
  double loss = 0.0;
  const auto evaluate = [&](const double* w, double* g) {
    const StartView start = {w, outputWeights, &loss, g, nullptr};
    evaluator.Evaluate(problem, {&start, 1});
    return loss;
  };
  const bool running = DescendBy(call.method, call.state, call.updates, call.tolerance, call.cancel, gradient, evaluate);
  return Napi::Number::New(args.env(), running ? 1 : 0);
}

}  // namespace basin
