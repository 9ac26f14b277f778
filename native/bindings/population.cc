#include "kernels/population.h"

#include "args.h"
#include "bindings/bindings.h"
#include "bindings/updates.h"

namespace basin {
namespace {

Population ReadPopulation(Arguments& args) {
  Population p = {};
  p.dimension = args.Size("dimension");
  p.rows = args.Size("rows");
  p.teacherRows = args.Size("teacherRows");
  p.activation.kind = static_cast<ActivationKind>(args.Integer("activation", std::size(kActivationNames) - 1));
  if (!HasPairs(p.activation.kind)) {
    args.Refuse("activation", "one with a closed form of the population risk",
                Napi::Number::New(args.env(), static_cast<double>(p.activation.kind)));
  }
  p.activation.parameters[0] = args.Number("parameter 0");
  p.activation.parameters[1] = args.Number("parameter 1");
  p.teacher = args.Doubles("teacher", Times(p.teacherRows, p.dimension)).data();
  p.teacherOutput = args.Doubles("teacherOutput", p.teacherRows).data();
  p.constant = args.Number("constant");
  return p;
}

}  // namespace

void EvaluatePopulationRisk(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const Population p = ReadPopulation(args);
  PointEvaluation points = {};
  points.starts = args.Size("starts");
  const size_t weights = Times(points.starts, Times(p.rows, p.dimension));
  points.weights = args.Doubles("weights", weights).data();
  points.outputWeights = args.Doubles("outputWeights", Times(points.starts, p.rows)).data();
  points.loss = args.Doubles("losses", points.starts).data();
  points.gradient = args.Doubles("gradients", weights).data();
  points.outputGradient = args.Doubles("outputGradients", Times(points.starts, p.rows)).data();
  const Scratch scratch(args.env(), PopulationWorkspaceBytes(p));
  EvaluatePopulation(p, points, scratch);
}

Napi::Value DescendPopulationRisk(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const Population p = ReadPopulation(args);
  Descents state = {};
  const size_t starts = state.starts = args.Size("starts");
  state.weights = args.Doubles("weights", Times(starts, Times(p.rows, p.dimension))).data();
  state.outputWeights = args.Doubles("outputWeights", Times(starts, p.rows)).data();
  state.trainOutput = args.Boolean("trainOutput");
  state.stepSizes = args.Doubles("stepSizes", starts).data();
  state.status = args.Array<int32_t>("status", starts).data();
  state.iterations = args.Array<int32_t>("iterations", starts).data();
  state.firstLoss = args.Doubles("firstLoss", starts).data();
  state.loss = args.Doubles("loss", starts).data();
  state.gradientNorm = args.Doubles("gradientNorm", starts).data();
  const size_t updates = args.Size("updates");
  StopRule rule = {};
  rule.tolerance = args.Number("tolerance");
  rule.lossTolerance = args.Number("lossTolerance");
  rule.divergenceFactor = args.Number("divergenceFactor");
  rule.divergenceFloor = args.Number("divergenceFloor");
  const int32_t* const cancel = args.OptionalArray<int32_t>("cancel", 1);
  const size_t variables = Times(p.rows, p.dimension) + (state.trainOutput ? p.rows : 0);
  state.updates = ReadUpdates(args, {starts, variables, state.status, state.iterations, updates});
  const Scratch scratch(args.env(), PopulationWorkspaceBytes(p, state.updates));
  const size_t running = DescendPopulation(p, state, updates, rule, cancel, scratch);
  return Napi::Number::New(args.env(), static_cast<double>(running));
}

}  // namespace basin
