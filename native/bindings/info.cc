#include "bindings/bindings.h"
#include "runtime.h"

namespace basin {

Napi::Value Info(const Napi::CallbackInfo& call) {
  const BuildInfo build = DescribeBuild();
  Napi::Object openblas = Napi::Object::New(call.Env());
  openblas.Set("config", build.blasConfig);
  openblas.Set("core", build.blasCore);
  openblas.Set("threads", build.blasThreads);
  openblas.Set("parallel", build.blasParallel);
  Napi::Object info = Napi::Object::New(call.Env());
  info.Set("addonVersion", build.addonVersion);
  info.Set("compiler", build.compiler);
  info.Set("openblas", openblas);
  info.Set("vectorTarget", build.vectorTarget);
  return info;
}

}  // namespace basin
