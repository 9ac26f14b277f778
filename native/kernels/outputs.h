#ifndef BASIN_KERNELS_OUTPUTS_H_
#define BASIN_KERNELS_OUTPUTS_H_

#include <span>

#include "kernels/geometry.h"

namespace basin {

size_t OutputsWorkspaceBytes(const Geometry& shape);

// outputs (samples) = f(x) of one network on packed inputs.
void NetworkOutputs(const Geometry& shape, const double* inputs, const Activation& activation, const double* weights,
                    const double* outputWeights, std::span<double> outputs, std::span<std::byte> workspace);

}  // namespace basin

#endif  // BASIN_KERNELS_OUTPUTS_H_
