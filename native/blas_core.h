// The kernels that OpenBLAS runs.
#ifndef BASIN_BLAS_CORE_H_
#define BASIN_BLAS_CORE_H_

#include <string>

namespace basin {

// An OpenBLAS that is older than the processor does not know it and runs kernels of an older instruction set. Replaces
// them by those of the newest instruction set that both have, once in a process. OPENBLAS_CORETYPE, if it is set, and
// BASIN_BLAS_CORE=library keep the library's own choice. Must precede the first BLAS call.
void ChooseBlasCore();

// The core that OpenBLAS had chosen itself.
std::string BlasCoreFound();

}  // namespace basin

#endif  // BASIN_BLAS_CORE_H_
