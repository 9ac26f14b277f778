// Process-wide state: the thread count of OpenBLAS, the blocking, and information about the build.
#ifndef BASIN_RUNTIME_H_
#define BASIN_RUNTIME_H_

#include <string>

#include "kernels/geometry.h"

namespace basin {

// Sets one BLAS thread per worker. Must precede the first BLAS call. Returns true if OpenBLAS then reports one thread.
bool UseOneBlasThread();

// Reads BASIN_VECTOR_TARGET, the name of an instruction set, and makes the kernels run with it. Returns what is wrong
// with it, or nothing. Must precede the first kernel.
std::string ChooseVectorTarget();

// The blocking that kernels of every thread use from their next call on. It changes speed, never bits.
void SetBlocking(const Blocking& blocking);
Blocking CurrentBlocking();

struct BuildInfo {
  std::string addonVersion;
  std::string compiler;
  std::string blasConfig;
  std::string blasCore;
  std::string blasCoreFound;
  int blasThreads;
  const char* blasParallel;
  std::string vectorTarget;
};

BuildInfo DescribeBuild();

}  // namespace basin

#endif  // BASIN_RUNTIME_H_
