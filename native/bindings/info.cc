#include <algorithm>

#include "args.h"
#include "bindings/bindings.h"
#include "kernels/formula.h"
#include "runtime.h"

namespace basin {

Napi::Value Info(const Napi::CallbackInfo& call) {
  const BuildInfo build = DescribeBuild();
  Napi::Object openblas = Napi::Object::New(call.Env());
  openblas.Set("config", build.blasConfig);
  openblas.Set("core", build.blasCore);
  openblas.Set("coreFound", build.blasCoreFound);
  openblas.Set("threads", build.blasThreads);
  openblas.Set("parallel", build.blasParallel);
  Napi::Object info = Napi::Object::New(call.Env());
  info.Set("addonVersion", build.addonVersion);
  info.Set("compiler", build.compiler);
  info.Set("openblas", openblas);
  info.Set("vectorTarget", build.vectorTarget);
  return info;
}

namespace {

template <size_t kCount>
Napi::Array NamesOf(Napi::Env env, const char* const (&names)[kCount]) {
  Napi::Array array = Napi::Array::New(env, kCount);
  for (uint32_t i = 0; i < kCount; ++i) array.Set(i, names[i]);
  return array;
}

}  // namespace

Napi::Value Words(const Napi::CallbackInfo& call) {
  Napi::Object words = Napi::Object::New(call.Env());
  words.Set("activations", NamesOf(call.Env(), kActivationNames));
  words.Set("losses", NamesOf(call.Env(), kLossNames));
  words.Set("updateRules", NamesOf(call.Env(), kUpdateRuleNames));
  words.Set("operators", NamesOf(call.Env(), kFormulaOperatorNames));
  words.Set("statuses", NamesOf(call.Env(), kRunStatusNames));
  return words;
}

void Tune(const Napi::CallbackInfo& info) {
  Arguments args(info);
  const size_t groupUnits = args.Size("groupUnits");
  const size_t tileRows = args.Size("tileRows");
  SetBlocking({std::max<size_t>(groupUnits, 1), std::clamp<size_t>(tileRows, 1, kMaxTileRows)});
}

}  // namespace basin
