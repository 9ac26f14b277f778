#include "runtime.h"

#include <cblas.h>

#include <atomic>
#include <cstdlib>

#include "blas_core.h"
#include "kernels/vector_target.h"

namespace basin {
namespace {

std::atomic<size_t> groupUnits = Blocking().groupUnits;
std::atomic<size_t> tileRows = Blocking().tileRows;

const char* ParallelName(int parallel) {
  switch (parallel) {
    case OPENBLAS_SEQUENTIAL: return "sequential";
    case OPENBLAS_THREAD: return "pthread";
    default: return "openmp";
  }
}

std::string CompilerName() {
#if defined(__clang__)
  return std::string("clang ") + __clang_version__;
#else
  return std::string("gcc ") + __VERSION__;
#endif
}

}  // namespace

bool UseOneBlasThread() {
  openblas_set_num_threads(1);
  return openblas_get_num_threads() == 1;
}

std::string ChooseVectorTarget() {
  const char* const wanted = std::getenv("BASIN_VECTOR_TARGET");
  if (wanted == nullptr || *wanted == '\0' || UseVectorTarget(wanted)) return "";
  std::string names;
  for (const std::string& name : VectorTargets()) names += (names.empty() ? "" : ", ") + name;
  return "BASIN_VECTOR_TARGET must be one of " + names + " on this machine, got '" + wanted + "'";
}

void SetBlocking(const Blocking& blocking) {
  groupUnits = blocking.groupUnits;
  tileRows = blocking.tileRows;
}

Blocking CurrentBlocking() { return {groupUnits, tileRows}; }

BuildInfo DescribeBuild() {
  return {BASIN_VERSION,
          CompilerName(),
          openblas_get_config(),
          openblas_get_corename(),
          BlasCoreFound(),
          openblas_get_num_threads(),
          ParallelName(openblas_get_parallel()),
          VectorTargetName()};
}

}  // namespace basin
