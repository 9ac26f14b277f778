#include "kernels/online.h"

#include "args.h"
#include "bindings/bindings.h"
#include "bindings/problem.h"

namespace basin {
namespace {

// Of a batch: its bytes fit into a size.
constexpr size_t kMostNumbers = size_t{1} << 48;

Online ReadOnline(Arguments& args) {
  Online online = {};
  online.dimension = args.Size("dimension");
  online.rows = args.Size("rows");
  online.teacherRows = args.Size("teacherRows");
  online.activation = ReadActivation(args);
  online.teacher = args.Doubles("teacher", Times(online.teacherRows, online.dimension)).data();
  online.teacherOutput = args.Doubles("teacherOutput", online.teacherRows).data();
  const ChosenLoss chosen = ReadLoss(args);
  online.loss = chosen.loss;
  online.lossFormula = chosen.formula;
  online.noise = args.Number("noise");
  online.batch = args.Size("batch");
  if (Times(online.batch, online.dimension + online.rows + online.teacherRows + 1) > kMostNumbers) {
    args.Refuse("batch", "small enough for memory", Napi::Number::New(args.env(), static_cast<double>(online.batch)));
  }
  return online;
}

}  // namespace

Napi::Value DescendOnlineSamples(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const Online online = ReadOnline(args);
  OnlineSamples samples = {};
  samples.stream.key[0] = args.Word("key[0]");
  samples.stream.key[1] = args.Word("key[1]");
  samples.stream.trial = args.Word("trial");
  samples.stream.purpose = args.Word("purpose");
  const std::span<uint32_t> sequences = args.WholeArray<uint32_t>("sequences");
  samples.sequences = sequences.data();
  Descents state = {};
  const size_t starts = state.starts = args.Size("starts");
  if (sequences.size() < starts) {
    args.Refuse("starts", "at most the number of sequences", Napi::Number::New(args.env(), static_cast<double>(starts)));
  }
  state.weights = args.Doubles("weights", Times(starts, Times(online.rows, online.dimension))).data();
  state.outputWeights = args.Doubles("outputWeights", Times(starts, online.rows)).data();
  state.trainOutput = args.Boolean("trainOutput");
  state.stepSizes = args.Doubles("stepSizes", starts).data();
  state.status = args.Array<int32_t>("status", starts).data();
  state.iterations = args.Array<int32_t>("iterations", starts).data();
  const size_t updates = args.Size("updates");
  const int32_t* const cancel = args.OptionalArray<int32_t>("cancel", 1);
  const Scratch scratch(args.env(), OnlineWorkspaceBytes(online));
  const size_t running = DescendOnline(online, state, samples, updates, cancel, scratch);
  return Napi::Number::New(args.env(), static_cast<double>(running));
}

}  // namespace basin
