#include "kernels/descent.h"

#include "args.h"
#include "bindings/bindings.h"
#include "bindings/problem.h"
#include "bindings/updates.h"
#include "kernels/curvature.h"
#include "kernels/outputs.h"
#include "kernels/packing.h"
#include "kernels/risk.h"
#include "kernels/single.h"

namespace basin {

namespace {

// Bytes up to the next cache line. A vector load that straddles two cache lines costs double.
size_t BytesToLine(const void* data) {
  const size_t beyond = reinterpret_cast<uintptr_t>(data) % kAlignment;
  return beyond == 0 ? 0 : kAlignment - beyond;
}

// Calls JavaScript's own constructor, which throws when memory is short. napi_create_arraybuffer would end the process.
Napi::ArrayBuffer NewBuffer(Napi::Env env, size_t bytes) {
  const Napi::Function constructor = env.Global().Get("ArrayBuffer").As<Napi::Function>();
  return constructor.New({Napi::Number::New(env, static_cast<double>(bytes))}).As<Napi::ArrayBuffer>();
}

}  // namespace

Napi::Value AllocateInputs(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t samples = args.Size("samples");
  const size_t dimension = args.Size("dimension");
  const size_t length = Times(PaddedSamples(samples), dimension);
  if (length > SIZE_MAX / sizeof(double) - kAlignment) {
    args.Refuse("dimension", "small enough for memory", Napi::Number::New(args.env(), static_cast<double>(dimension)));
  }
  Napi::ArrayBuffer buffer = NewBuffer(args.env(), length * sizeof(double) + kAlignment);
  return Napi::Float64Array::New(args.env(), length, buffer, BytesToLine(buffer.Data()));
}

Napi::Value Alignment(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t bytes = BytesToLine(args.WholeArray<double>("values").data());
  return Napi::Number::New(args.env(), static_cast<double>(bytes / sizeof(double)));
}

void Prepare(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t samples = args.Size("samples");
  const size_t dimension = args.Size("dimension");
  const std::span<double> values = args.Doubles("inputs", Times(PaddedSamples(samples), dimension));
  const Scratch scratch(args.env(), kBlock * dimension * sizeof(double));
  Workspace workspace(scratch);
  PackInPlace(values, samples, dimension, {workspace.Take<double>(kBlock * dimension), kBlock * dimension});
}

void Outputs(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const Problem problem = ReadProblem(args);
  const Geometry& shape = problem.shape;
  const size_t starts = args.Size("starts");
  const PointArrays points = ReadPoints(args, shape, starts, "weights", "outputWeights");
  const std::span<double> outputs = args.Doubles("outputs", Times(starts, shape.samples));
  const Scratch scratch(args.env(), OutputsWorkspaceBytes(shape));
  for (size_t l = 0; l < starts; ++l) {
    NetworkOutputs(shape, problem.inputs, problem.activation, points.weights + l * shape.weights(),
                   points.outputWeights + l * shape.units(), outputs.subspan(l * shape.samples, shape.samples), scratch);
  }
}

void Evaluate(const Napi::CallbackInfo& info) {
  Arguments args(info);
  Problem problem = ReadProblem(args);
  const Geometry& shape = problem.shape;
  ReadLabels(args, problem);
  const size_t starts = args.Size("starts");
  const PointArrays points = ReadPoints(args, shape, starts, "weights", "outputWeights");
  double* const losses = args.Doubles("losses", starts).data();
  const PointArrays gradients = ReadPoints(args, shape, starts, "gradients", "outputGradients");
  const Scratch scratch(args.env(), EvaluationWorkspaceBytes(shape, starts));
  EvaluatePoints(problem, {starts, points.weights, points.outputWeights, losses, gradients.weights,
                           gradients.outputWeights}, scratch);
}

namespace {

// Where the starts of a descent are, and how far they have come.
Descents ReadDescents(Arguments& args, const Geometry& shape) {
  Descents state = {};
  const size_t starts = state.starts = args.Size("starts");
  const PointArrays points = ReadPoints(args, shape, starts, "weights", "outputWeights");
  state.weights = points.weights;
  state.outputWeights = points.outputWeights;
  state.trainOutput = args.Boolean("trainOutput");
  state.stepSizes = args.Doubles("stepSizes", starts).data();
  state.status = args.Array<int32_t>("status", starts).data();
  state.iterations = args.Array<int32_t>("iterations", starts).data();
  return state;
}

// The rule of a descent that makes at most `updates` updates.
Updates ReadRule(Arguments& args, const Geometry& shape, const Descents& state, size_t updates) {
  const size_t variables = shape.weights() + (state.trainOutput ? shape.units() : 0);
  return ReadUpdates(args, {state.starts, variables, state.status, state.iterations, updates});
}

}  // namespace

Napi::Value DescendBatch(const Napi::CallbackInfo& info) {
  Arguments args(info);
  Problem problem = ReadProblem(args);
  ReadLabels(args, problem);
  Descents state = ReadDescents(args, problem.shape);
  const size_t starts = state.starts;
  state.signOutput = args.Boolean("signOutput");
  state.firstLoss = args.Doubles("firstLoss", starts).data();
  state.loss = args.Doubles("loss", starts).data();
  state.gradientNorm = args.Doubles("gradientNorm", starts).data();
  state.backtracking = args.Boolean("backtracking");
  const size_t updates = args.Size("updates");
  StopRule rule = {};
  rule.tolerance = args.Number("tolerance");
  rule.lossTolerance = args.Number("lossTolerance");
  rule.divergenceFactor = args.Number("divergenceFactor");
  rule.divergenceFloor = args.Number("divergenceFloor");
  rule.leastProgress = args.Number("leastProgress");
  const int32_t* const cancel = args.OptionalArray<int32_t>("cancel", 1);
  state.updates = ReadRule(args, problem.shape, state, updates);
  const Scratch scratch(args.env(), DescentWorkspaceBytes(problem.shape, starts, state.trainOutput, state.backtracking));
  const size_t running = Descend(problem, state, updates, rule, cancel, scratch);
  return Napi::Number::New(args.env(), static_cast<double>(running));
}

Napi::Value DescendSamples(const Napi::CallbackInfo& info) {
  Arguments args(info);
  Problem problem = ReadProblem(args);
  ReadLabels(args, problem);
  Descents state = ReadDescents(args, problem.shape);
  const size_t size = args.Size("size");
  const std::span<const int32_t> rows = args.WholeArray<int32_t>("rows");
  if (size == 0 || rows.size() % size != 0) {
    args.Refuse("size", "a divisor of the number of rows", Napi::Number::New(args.env(), static_cast<double>(size)));
  }
  for (const int32_t row : rows) {
    if (row >= 0 && static_cast<size_t>(row) < problem.shape.samples) continue;
    args.Refuse("rows", "indices of samples", Napi::Number::New(args.env(), row));
  }
  const int32_t* const cancel = args.OptionalArray<int32_t>("cancel", 1);
  state.updates = ReadRule(args, problem.shape, state, rows.size() / size);
  const Scratch scratch(args.env(), SampledWorkspaceBytes(problem.shape, state.starts, state.trainOutput, size));
  const size_t running = DescendSampled(problem, state, rows, size, cancel, scratch);
  return Napi::Number::New(args.env(), static_cast<double>(running));
}

void DescendSingles(const Napi::CallbackInfo& info) {
  Arguments args(info);
  ProblemOf<float> problem = ReadProblem<float>(args);
  ReadLabels(args, problem);
  const Geometry& shape = problem.shape;
  const size_t starts = args.Size("starts");
  const PointArrays points = ReadPoints(args, shape, starts, "weights", "outputWeights");
  const bool trainOutput = args.Boolean("trainOutput");
  const double* const stepSizes = args.Doubles("stepSizes", starts).data();
  const size_t updates = args.Size("updates");
  const PointArrays gradients = ReadPoints(args, shape, starts, "gradients", "outputGradients");
  double* const leastNorm = args.Doubles("leastNorm", starts).data();
  double* const largestLoss = args.Doubles("largestLoss", starts).data();
  const int32_t* const cancel = args.OptionalArray<int32_t>("cancel", 1);
  const Scratch scratch(args.env(), SingleWorkspaceBytes(shape, starts, trainOutput));
  DescendSingle(problem, {starts, points.weights, points.outputWeights, stepSizes, gradients.weights,
                          trainOutput ? gradients.outputWeights : nullptr, leastNorm, largestLoss}, updates, cancel, scratch);
}

void HessianVectors(const Napi::CallbackInfo& info) {
  Arguments args(info);
  Problem problem = ReadProblem(args);
  const Geometry& shape = problem.shape;
  ReadLabels(args, problem);
  const size_t starts = args.Size("starts");
  const PointArrays points = ReadPoints(args, shape, starts, "weights", "outputWeights");
  const PointArrays directions = ReadPoints(args, shape, starts, "directions", "outputDirections");
  const bool outputToo = args.Boolean("trainOutput");
  const PointArrays products = ReadPoints(args, shape, starts, "products", "outputProducts");
  const Scratch scratch(args.env(), CurvatureWorkspaceBytes(shape, starts, outputToo));
  MultiplyHessians(problem, {starts, points.weights, points.outputWeights, directions.weights,
                             outputToo ? directions.outputWeights : nullptr, products.weights,
                             outputToo ? products.outputWeights : nullptr}, scratch);
}

}  // namespace basin
