#ifndef BASIN_KERNELS_VECTOR_TARGET_H_
#define BASIN_KERNELS_VECTOR_TARGET_H_

#include <string>
#include <vector>

namespace basin {

// The instruction set that the kernels run with on this machine.
const char* VectorTargetName();

// The instruction sets that this machine could run, fastest first.
std::vector<std::string> VectorTargets();

// Makes all kernels of the process run with this instruction set from the next call on. Returns false, and changes
// nothing, for one that this machine or build does not have.
bool UseVectorTarget(const std::string& name);

}  // namespace basin

#endif  // BASIN_KERNELS_VECTOR_TARGET_H_
