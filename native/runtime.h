// What the process shares: OpenBLAS's thread count and what can be said of the build. No state of our own.
#ifndef BASIN_RUNTIME_H_
#define BASIN_RUNTIME_H_

#include <string>

namespace basin {

// One BLAS thread per worker. Called before the first BLAS call; true when OpenBLAS then reports one thread.
bool UseOneBlasThread();

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
