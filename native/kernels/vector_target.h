#ifndef BASIN_KERNELS_VECTOR_TARGET_H_
#define BASIN_KERNELS_VECTOR_TARGET_H_

namespace basin {

// The instruction set that the kernels run with on this machine.
const char* VectorTargetName();

}  // namespace basin

#endif  // BASIN_KERNELS_VECTOR_TARGET_H_
