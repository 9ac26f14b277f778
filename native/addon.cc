// The exports: the methods of NativeKernels in src/core/kernels/contract.ts, one for one.
#include <napi.h>

#include <string>

#include "bindings/bindings.h"
#include "blas_core.h"
#include "runtime.h"

namespace {

Napi::Object Register(Napi::Env env, Napi::Object exports) {
  basin::ChooseBlasCore();
  if (!basin::UseOneBlasThread()) throw Napi::Error::New(env, "OpenBLAS must run one thread per worker and does not");
  const std::string problem = basin::ChooseVectorTarget();
  if (!problem.empty()) throw Napi::Error::New(env, problem);
  const auto add = [&](const char* name, auto function) { exports.Set(name, Napi::Function::New(env, function, name)); };

  add("allocateInputs", basin::AllocateInputs);
  add("alignment", basin::Alignment);
  add("prepare", basin::Prepare);
  add("outputs", basin::Outputs);
  add("evaluate", basin::Evaluate);
  add("descend", basin::DescendBatch);
  add("descendSampled", basin::DescendSamples);
  add("descendSingle", basin::DescendSingles);
  add("hessianVector", basin::HessianVectors);

  add("evaluateLandscape", basin::EvaluateLandscape);
  add("descendLandscape", basin::DescendLandscape);
  add("descendRisk", basin::DescendRisk);

  add("evaluatePopulation", basin::EvaluatePopulationRisk);
  add("descendPopulation", basin::DescendPopulationRisk);
  add("descendOnline", basin::DescendOnlineSamples);

  add("multiply", basin::MultiplyMatrices);
  add("symmetricEigen", basin::SymmetricEigenDecomposition);
  add("qr", basin::QrDecomposition);
  add("svd", basin::SingularValueDecomposition);
  add("solve", basin::SolveSystem);

  add("localMoments", basin::LocalMomentsAtPoints);

  add("philox", basin::PhiloxBlock);
  add("uniforms", basin::Uniforms);
  add("normals", basin::Normals);
  add("singleNormals", basin::SingleNormals);

  add("defineFormula", basin::DefineFormula);
  add("definePieces", basin::DefinePieces);

  add("info", basin::Info);
  add("words", basin::Words);
  add("tune", basin::Tune);
  return exports;
}

}  // namespace

NODE_API_MODULE(basin, Register)
