// Runs every kernel without JavaScript, under sanitizers, once for each instruction set of this machine.
#include <cblas.h>

#include "check/check.h"
#include "kernels/simd_targets.h"

#include "hwy/highway.h"

int main() {
  using namespace basin::check;
  openblas_set_num_threads(1);
  CheckLinearAlgebra();
  const int64_t all = hwy::SupportedTargets() & HWY_TARGETS;
  for (int64_t left = all; left != 0; left &= left - 1) {
    const int64_t target = left & -left;
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().DeInit();
    const char* const name = hwy::TargetName(target);
    CheckVectorMath(name);
    CheckRisk(name);
    CheckLandscape(name);
    CheckRandom(name);
    CheckOnline(name);
    CheckLocalMoments(name);
    std::printf("%s: done\n", name);
  }
  std::printf("%zu expectations, %zu failed\n", expectations, failures);
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
