// What the process shares: OpenBLAS's thread count, the blocking, and what can be said of the build.
#ifndef BASIN_RUNTIME_H_
#define BASIN_RUNTIME_H_

#include <string>

#include "kernels/geometry.h"

namespace basin {

// One BLAS thread per worker. Called before the first BLAS call; true when OpenBLAS then reports one thread.
bool UseOneBlasThread();

// What kernels of every thread work by from the next call on. Changes speed, never bits.
void SetBlocking(const Blocking& blocking);
Blocking CurrentBlocking();

struct BuildInfo {
  std::string addonVersion;
  std::string compiler;
  std::string blasConfig;
  std::string blasCore;
  int blasThreads;
  const char* blasParallel;
  std::string vectorTarget;
};

BuildInfo DescribeBuild();

}  // namespace basin

#endif  // BASIN_RUNTIME_H_
